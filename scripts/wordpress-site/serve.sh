#!/bin/sh
# Shows the site that make.sh made, until it is stopped.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(cd "${1:?the folder that make.sh was given}" && pwd)
port=${2:-8090}
exec php -S "127.0.0.1:$port" -t "$folder/site" "$here/router.php"
