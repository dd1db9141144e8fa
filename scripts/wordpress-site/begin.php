<?php
/** WordPress at work in a program of the command line, as the editor of the site: FOLDER is the first argument. */
error_reporting(E_ALL & ~E_DEPRECATED & ~E_WARNING & ~E_NOTICE);
ini_set('display_errors', 'stderr');
$config = (string) file_get_contents($argv[1] . '/site/wp-config.php');
preg_match("/'WP_HOME', 'https?:\/\/([^']+)'/", $config, $found);
$_SERVER['HTTP_HOST'] = $found[1];
$_SERVER['SERVER_NAME'] = '127.0.0.1';
$_SERVER['REQUEST_URI'] = '/';
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
require $argv[1] . '/site/wp-load.php';
