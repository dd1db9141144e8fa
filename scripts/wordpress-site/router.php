<?php
/** What a web server's rewriting does for WordPress: files as they are, everything else to index.php. */
$asked = rawurldecode((string) parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH));
$path = $_SERVER['DOCUMENT_ROOT'] . $asked;
if (strpos($asked, '..') === false && (is_file($path) || (str_ends_with($asked, '/') && is_file($path . 'index.php') && $asked !== '/'))) {
    return false;
}
$_SERVER['SCRIPT_NAME'] = '/index.php';
$_SERVER['PHP_SELF'] = '/index.php';
$_SERVER['SCRIPT_FILENAME'] = $_SERVER['DOCUMENT_ROOT'] . '/index.php';
require $_SERVER['DOCUMENT_ROOT'] . '/index.php';
