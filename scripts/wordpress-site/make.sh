#!/bin/sh
# An invented Arabic newspaper on WordPress, made again anywhere from Debian's packages: stories, pages, pictures,
# writers, categories in a tree, tags, threads of comments. WordPress itself exports it; nothing is fetched.
#
#   apt-get install wordpress wordpress-l10n wordpress-theme-twentytwentyone wordpress-theme-twentytwentythree \
#       php-cli php-mysql php-gd php-xml php-mbstring mariadb-server
#   scripts/wordpress-site/make.sh FOLDER [PORT]         # makes FOLDER/site, FOLDER/export.xml, FOLDER/counts.json
#   scripts/wordpress-site/serve.sh FOLDER [PORT]        # shows it on 127.0.0.1
#
# ADDRESS (http://127.0.0.1:PORT) is what the site says of itself.
# STORIES (60) and COMMENTS (400) say how large it is. The database is DB_NAME (midad_wordpress_trial), which is
# emptied first; DB_HOST, DB_USER and DB_PASSWORD lead to it. Who signs in is "salma" with the password "trial only".
set -eu

here=$(cd "$(dirname "$0")" && pwd)
folder=${1:?a folder}
port=${2:-8090}
address=${ADDRESS:-http://127.0.0.1:$port}
debian=${WORDPRESS:-/usr/share/wordpress}
export DB_NAME="${DB_NAME:-midad_wordpress_trial}" DB_HOST="${DB_HOST:-127.0.0.1}"
export DB_USER="${DB_USER:-root}" DB_PASSWORD="${DB_PASSWORD:-}"

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
rm -rf "$folder/site"
cp -rL "$debian" "$folder/site" 2>/dev/null || test -f "$folder/site/wp-load.php"
rm -f "$folder/site/.htaccess" "$folder/site/wp-config.php"
mkdir -p "$folder/site/wp-content/uploads" "$folder/site/wp-content/mu-plugins"
cp "$here/quiet.php" "$folder/site/wp-content/mu-plugins/quiet.php"
cat > "$folder/site/wp-config.php" <<CONFIG
<?php
define('DB_NAME', '$DB_NAME');
define('DB_USER', '$DB_USER');
define('DB_PASSWORD', '$DB_PASSWORD');
define('DB_HOST', '$DB_HOST');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('WP_HOME', '$address');
define('WP_SITEURL', '$address');
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('DISABLE_WP_CRON', true);
define('AUTH_SALT', 'a trial, nothing secret');
define('AUTH_KEY', 'a trial, nothing secret 1');
define('SECURE_AUTH_KEY', 'a trial, nothing secret 2');
define('LOGGED_IN_KEY', 'a trial, nothing secret 3');
define('NONCE_KEY', 'a trial, nothing secret 4');
\$table_prefix = 'wp_';
if (!defined('ABSPATH')) {
    define('ABSPATH', __DIR__ . '/');
}
require_once ABSPATH . 'wp-settings.php';
CONFIG

php "$here/database.php"
php "$here/fill.php" "$folder" "${STORIES:-60}" "${COMMENTS:-400}"
php "$here/export.php" "$folder" > "$folder/export.xml"
echo "$folder/export.xml: $(wc -c < "$folder/export.xml") bytes"
