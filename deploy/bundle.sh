#!/usr/bin/env bash
# Packs what installs on a machine without any network: make bundle. Writes dist/ttx-VERSION-PLATFORM.tar.gz, holding
# the wheels of the lock for the Python and the system this runs on, install.sh, the bill of materials (CycloneDX), the
# list of licences, and the sum of each file. The wheel of ttx and the archive are the same bytes for the same commit.
#
#   bundle.sh PYTHON TOOLS      the Python of .venv, and a folder with the commands of requirements-bundle.lock
set -euo pipefail
cd "$(dirname "$0")/.."
python="$(realpath --no-symlinks "$1")"
tools="$(realpath "$2")"

SOURCE_DATE_EPOCH="$(git log -1 --format=%ct 2>/dev/null || date +%s)"
export SOURCE_DATE_EPOCH
tag="$("$python" -c 'import sysconfig as s; print(f"py{s.get_python_version()}-{s.get_platform()}")')"
version="$("$python" -c 'import ttx; print(ttx.__version__)')"
name="ttx-$version-$tag"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
box="$work/$name"
mkdir -p "$box/wheels" dist

echo "Wheels" >&2
"$python" -m hatchling build --target wheel --directory "$box/wheels" >/dev/null
"$python" -m pip --disable-pip-version-check --no-input -qq download --require-hashes --only-binary :all: \
    --dest "$box/wheels" --requirement requirements.lock
cp requirements.lock deploy/install.sh deploy/ttx.service LICENSE "$box"
"$python" -c 'import sysconfig; print(sysconfig.get_python_version())' >"$box/python-version"
(cd "$box" && find . -type f ! -name SHA256SUMS -printf '%P\n' | LC_ALL=C sort | xargs -d '\n' sha256sum >SHA256SUMS)

echo "Installing it once, without a network" >&2
alone=()
if unshare --net true 2>/dev/null; then alone=(unshare --net); fi
"${alone[@]}" "$box/install.sh" "$work/try" >&2

echo "Bill of materials and licences" >&2
"$tools/cyclonedx-py" environment --pyproject pyproject.toml --output-reproducible --spec-version 1.6 \
    --output-format JSON --output-file "$box/sbom.json" "$work/try/bin/python"
"$python" deploy/licences.py "$box/sbom.json" >"$box/LICENCES.md"
(cd "$box" && sha256sum LICENCES.md sbom.json >>SHA256SUMS)

tar --create --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" --directory "$work" "$name" |
    gzip --no-name >"dist/$name.tar.gz"
sha256sum "dist/$name.tar.gz"
