#!/usr/bin/env bash
# Unpacks nginx and nchan from Debian's packages into the folder that is named, without installing them: unpack.sh <folder>
set -eu

folder="$1"
[ ! -x "$folder/usr/sbin/nginx" ] || exit 0
if ! { command -v apt-get && command -v dpkg; } >/dev/null; then
  echo "nchan is taken from Debian's packages, and this machine has no apt-get." >&2
  exit 1
fi
packages="$folder.packages"
mkdir -p "$packages"
cd "$packages"
apt-get download -qq nginx libnginx-mod-nchan 2>/dev/null || {
  apt-get update -qq
  apt-get download -qq nginx libnginx-mod-nchan 2>/dev/null
}
rm -rf "$folder.part"
for package in ./*.deb; do
  dpkg -x "$package" "$folder.part"
done
# With nchan loaded, nginx makes its folders for temporary files where they were compiled to be, too, whatever is
# configured. A name of the same length has them in the folder it is started in (-p).
LC_ALL=C sed -i 's#/var/lib/nginx/#temp/lib/nginx/#g' "$folder.part/usr/sbin/nginx" \
  "$folder.part/usr/lib/nginx/modules/ngx_nchan_module.so"
# Whole, or not at all.
"$folder.part/usr/sbin/nginx" -v 2>/dev/null
rm -rf "$folder"
mv "$folder.part" "$folder"
