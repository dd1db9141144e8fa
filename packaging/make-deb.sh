#!/bin/sh
# packaging/make-deb.sh BINARY VERSION OUTDIR: a Debian package around a program that was built before, by dpkg-deb alone.
#
# The same program, version and SOURCE_DATE_EPOCH give the same package, byte for byte. Build the program on the oldest Debian
# that it is to run on: the package asks for the C library that the program was linked with.
set -eu

if [ $# -ne 3 ]; then
    echo "usage: $0 BINARY VERSION OUTDIR" >&2
    exit 2
fi
binary=$1 version=$2 outdir=$3
here=$(cd "$(dirname "$0")" && pwd)
top=$(dirname "$here")
[ -x "$binary" ] || { echo "$binary is no program" >&2; exit 1; }
case $version in
    [0-9]*) ;;
    *) echo "a version begins with a digit: $version" >&2; exit 1 ;;
esac

# When nothing else is said, the time of the last commit; without git, now.
epoch=${SOURCE_DATE_EPOCH:-$(git -C "$top" log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH="$epoch"
architecture=$(dpkg --print-architecture)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
umask 022
chmod 755 "$tree"
doc=$tree/usr/share/doc/midad

put() { # MODE FROM TO
    mkdir -p "$(dirname "$tree$3")"
    install -m "$1" "$2" "$tree$3"
}

put 755 "$binary" /usr/bin/midad
put 755 "$here/midadctl" /usr/sbin/midadctl
put 644 "$here/midad.service" /usr/lib/systemd/system/midad.service
put 644 "$here/debian/midad.toml" /etc/midad/midad.toml
put 644 "$here/debian/copyright" /usr/share/doc/midad/copyright
for example in nginx.conf Caddyfile; do
    put 644 "$here/$example" "/usr/share/doc/midad/examples/$example"
done
for page in "$top"/docs/running/*.md; do
    put 644 "$page" "/usr/share/doc/midad/running/$(basename "$page")"
done
put 644 "$top/SECURITY.md" /usr/share/doc/midad/SECURITY.md
for licence in "$top"/crates/web/assets/fonts/OFL-*.txt "$top"/models/encoder.*.txt; do
    put 644 "$licence" "/usr/share/doc/midad/$(basename "$licence")"
done
# What the program is made of, where whoever built it wrote it down beside it. Made here, it would tell of this folder's sources.
if [ -f "$binary.cdx.json" ]; then put 644 "$binary.cdx.json" /usr/share/doc/midad/midad.cdx.json; fi
gzip -9n <"$top/LICENSE" >"$doc/LICENSE.gz"
gzip -9n <"$top/CHANGELOG.md" >"$doc/NEWS.md.gz"
{
    printf 'midad (%s) unstable; urgency=medium\n\n  * What is new for readers and editors stands in NEWS.md.gz.\n\n' "$version"
    printf ' -- Midad contributors <midad@localhost>  %s\n' "$(LC_ALL=C date -uRd "@$epoch")"
} | gzip -9n >"$doc/changelog.gz"

# The newest version of the C library that the program names; none is named by a script.
libc=$(LC_ALL=C grep -aoE 'GLIBC_2\.[0-9]+' "$binary" | sort -uV | tail -n 1 | sed 's/GLIBC_//' || true)
depends="libc6${libc:+ (>= $libc)}"
if LC_ALL=C grep -aqF 'libgcc_s.so.1' "$binary"; then depends="$depends, libgcc-s1"; fi

mkdir -p "$tree/DEBIAN"
printf '/etc/midad/midad.toml\n' >"$tree/DEBIAN/conffiles"
for script in postinst prerm postrm; do install -m 755 "$here/debian/$script" "$tree/DEBIAN/$script"; done
(cd "$tree" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
cat >"$tree/DEBIAN/control" <<CONTROL
Package: midad
Version: $version
Architecture: $architecture
Maintainer: Midad contributors <midad@localhost>
Installed-Size: $(du -sk --apparent-size --exclude=DEBIAN "$tree" | cut -f1)
Depends: $depends, tzdata
Recommends: systemd (>= 250), nginx | caddy | httpd
Suggests: postgresql
Section: web
Priority: optional
Description: newspaper server, Arabic first
 Stories, readers' comments and the desk that reviews every comment before
 anybody sees it, in one program with one folder of data. Pages run from right
 to left from the ground up, and in French and English as well. No other service
 is needed; PostgreSQL can be used.
CONTROL

mkdir -p "$outdir"
package=$outdir/midad_${version}_$architecture.deb
find "$tree" -exec touch -hd "@$epoch" {} +
dpkg-deb --root-owner-group -Zxz --build "$tree" "$package" >/dev/null
echo "$package"
