"""Vendored files are the ones their README names, byte for byte."""

import hashlib
import re
from pathlib import Path

STATIC = Path(__file__).parents[2] / "frontend" / "static"
VENDOR = STATIC / "vendor"
ROW = re.compile(r"^\| `(?P<file>[^`]+)` \|.*\| `(?P<sha256>[0-9a-f]{64})` \|$", re.MULTILINE)


def test_every_vendored_file_is_the_one_in_the_table():
    table = {row["file"]: row["sha256"] for row in ROW.finditer((VENDOR / "README.md").read_text("utf-8"))}

    found = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path != VENDOR / "README.md"
    }

    assert found == table


def test_the_style_sheet_names_every_vendored_font_and_no_other():
    named = re.findall(r'url\("vendor/([^"]+)"\)', (STATIC / "fonts.css").read_text("utf-8"))

    assert sorted(named) == sorted(path.name for path in VENDOR.glob("*.woff2"))
