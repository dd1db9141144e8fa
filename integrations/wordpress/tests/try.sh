#!/bin/sh
# Tries the plugin on a WordPress that is made for it (scripts/wordpress-site, from Debian's packages).
#
#   integrations/wordpress/tests/try.sh FOLDER [PORT]
#
# Where a paper runs, it is asked too whether it takes the token of a member: PAPER=http://127.0.0.1:… and SITE, KID and
# SECRET as its desk shows them, for a site whose host is 127.0.0.1:PORT.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
plugin=$(dirname "$here")
scripts=$(cd "$plugin/../../scripts/wordpress-site" && pwd)
folder=${1:?a folder}
port=${2:-8090}

if [ ! -e "${WORDPRESS:-/usr/share/wordpress}/wp-load.php" ] || ! command -v php > /dev/null; then
    echo "NOT TRIED: Debian's wordpress and php-cli are not here"
    exit 0
fi
for file in "$plugin"/*.php "$here"/*.php "$scripts"/*.php; do
    php -l "$file" > /dev/null
done
[ -e "$folder/site/wp-load.php" ] || "$scripts/make.sh" "$folder" "$port"
rm -rf "$folder/site/wp-content/plugins/midad-comments"
mkdir -p "$folder/site/wp-content/plugins/midad-comments"
cp "$plugin"/*.php "$folder/site/wp-content/plugins/midad-comments/"
"$scripts/serve.sh" "$folder" "$port" > "$folder/serve.log" 2>&1 &
server=$!
trap 'kill $server' EXIT
php "$here/try.php" "$folder" "http://127.0.0.1:$port"
