"""Files stay small, modules say what they are, and nothing names a host that packages come from."""

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).parents[2]
VENDOR = HOUSE / "frontend" / "static" / "vendor"
KEPT_DOT_FOLDERS = {".ci", ".github"}
MADE_FOLDERS = {"__pycache__", "build", "dist", "node_modules"}
LIMIT = 400
"""Lines. A file that grows past holds two nouns."""

INDEX = re.compile(
    r"\b(pypi|pythonhosted|npmjs|yarnpkg|jsdelivr|unpkg|crates|rubygems)\.(org|com|net|io)\b"
    r"|\b(deb|security|ftp)\.debian\.org\b"
    r"|^\s*(--index-url|--extra-index-url|--find-links)[ =]\S",
    re.MULTILINE,
)
"""Hosts of package indexes and script mirrors, and the options that name one in a requirements file: which
index to ask is the business of whoever installs."""


def files() -> Iterator[Path]:
    """Every file of the checkout, tracked or not, but for what tools made."""
    for folder, folders, names in os.walk(HOUSE):
        folders[:] = [
            name
            for name in folders
            if name not in MADE_FOLDERS and (not name.startswith(".") or name in KEPT_DOT_FOLDERS)
        ]
        yield from (Path(folder, name) for name in names)


def name(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def test_no_source_file_has_more_than_400_lines():
    sources = [f for f in files() if f.suffix in {".py", ".js", ".css"} and VENDOR not in f.parents]

    lengths = {name(f): len(f.read_text("utf-8").splitlines()) for f in sources}

    assert {f: length for f, length in lengths.items() if length > LIMIT} == {}


def test_no_file_names_a_package_index():
    found = {}
    for path in files():
        content = path.read_bytes()
        if b"\0" not in content and (named := INDEX.search(content.decode("utf-8", "replace"))):
            found[name(path)] = named[0]

    assert found == {}


def test_every_module_opens_by_saying_what_lives_there():
    modules = sorted((HOUSE / "ttx").rglob("*.py"))

    silent = [name(m) for m in modules if not ast.get_docstring(ast.parse(m.read_text("utf-8")))]

    assert modules
    assert silent == []
