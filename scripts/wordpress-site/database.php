<?php
/** An empty database of the trial's own. */
$name = (string) getenv('DB_NAME');
if (preg_match('/^midad_wordpress_[a-z0-9_]+$/', $name) !== 1) {
    fwrite(STDERR, "DB_NAME must begin with midad_wordpress_: it is emptied\n");
    exit(1);
}
mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
$db = new mysqli((string) getenv('DB_HOST'), (string) getenv('DB_USER'), (string) getenv('DB_PASSWORD'));
$db->query("drop database if exists `$name`");
$db->query("create database `$name` character set utf8mb4");
