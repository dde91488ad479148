#!/usr/bin/env bash
# Installs ttx from the files beside this script, without any network:  ./install.sh [FOLDER], by default /opt/ttx
set -euo pipefail
cd "$(dirname "$0")"
folder="${1:-/opt/ttx}"
version="$(cat python-version)"

sha256sum --check --quiet SHA256SUMS || {
    echo "A file here is not the one that was packed; nothing was installed. Copy the bundle once more." >&2; exit 1; }
python="$(command -v "python$version" || true)"
if [ -z "$python" ]; then
    echo "This bundle is for Python $version, which is not here; nothing was installed." \
         "Install it, or make a bundle with the Python of this machine." >&2; exit 1
fi
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    echo "This Python cannot make a virtual environment; nothing was installed." \
         "Install the package python$version-venv." >&2; exit 1
fi
if [ -e "$folder" ] && [ ! -x "$folder/bin/ttx" ]; then
    echo "There is something else at $folder; nothing was installed. Name another folder: $0 FOLDER" >&2; exit 1
fi

# Beside the old one and then in its place: an installation is whole or as it was.
rm -rf "$folder.new"
"$python" -m venv "$folder.new"
pip=("$folder.new/bin/python" -m pip --disable-pip-version-check --no-input -qq install --no-index)
"${pip[@]}" --find-links wheels --require-hashes --requirement requirements.lock
"${pip[@]}" --no-deps wheels/ttx-*.whl
# A virtual environment names its own folder in its commands.
grep -rlIF --null "$folder.new" "$folder.new/bin" "$folder.new/pyvenv.cfg" | xargs -0 sed -i "s|$folder.new|$folder|g"
rm -rf "$folder.old"
[ ! -e "$folder" ] || mv "$folder" "$folder.old"
mv "$folder.new" "$folder"
rm -rf "$folder.old"
echo "$("$folder/bin/ttx" --version) is in $folder. Try it: $folder/bin/ttx demo"
