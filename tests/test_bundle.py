"""What `make bundle` packs: a wheel that is the same bytes each time, files that are checked, licences told."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"


def wheel(to: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", to],
        cwd=ROOT, check=True, capture_output=True, env={**os.environ, "SOURCE_DATE_EPOCH": "1750000000"},
    )  # fmt: skip
    return next(to.glob("*.whl"))


def test_the_wheel_is_the_same_bytes_each_time_and_carries_pages_and_scenarios(tmp_path: Path) -> None:
    first, second = wheel(tmp_path / "first"), wheel(tmp_path / "second")

    names = zipfile.ZipFile(first).namelist()
    assert hashlib.sha256(first.read_bytes()).digest() == hashlib.sha256(second.read_bytes()).digest()
    assert {"ttx/_frontend/static/live.js", "ttx/_scenarios/lantern-tide/scenario.yaml"} <= set(names)
    assert [name for name in names if name.startswith(("tests", "benchmarks"))] == []


def box(folder: Path) -> Path:
    """The files of a bundle, as far as install.sh looks at them before it installs."""
    folder.mkdir()
    shutil.copy(DEPLOY / "install.sh", folder)
    (folder / "python-version").write_text("3.99\n")
    (folder / "requirements.lock").write_text("one==1\n")
    sums = [f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.name}\n" for one in sorted(folder.iterdir())]
    (folder / "SHA256SUMS").write_text("".join(sums))
    return folder


def install(folder: Path, to: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([folder / "install.sh", to], capture_output=True, text=True, check=False)


def test_a_bundle_that_was_changed_on_its_way_is_refused(tmp_path: Path) -> None:
    packed = box(tmp_path / "bundle")
    (packed / "requirements.lock").write_text("two==2\n")

    said = install(packed, tmp_path / "ttx")

    assert said.returncode == 1
    assert "is not the one that was packed; nothing was installed" in said.stderr
    assert not (tmp_path / "ttx").exists()


def test_a_bundle_for_another_python_is_refused(tmp_path: Path) -> None:
    said = install(box(tmp_path / "bundle"), tmp_path / "ttx")

    assert said.returncode == 1
    assert "This bundle is for Python 3.99, which is not here" in said.stderr


def test_a_part_without_a_licence_is_told(tmp_path: Path) -> None:
    parts = [
        {"name": "One", "version": "1", "licenses": [{"license": {"id": "MIT"}}]},
        {"name": "two", "version": "2", "licenses": [{"expression": "BSD-3-Clause"}]},
        {"name": "pysqlite3", "version": "3"},
        {"name": "silent", "version": "4", "licenses": []},
    ]
    (tmp_path / "sbom.json").write_text(json.dumps({"components": parts}))

    said = subprocess.run(
        [sys.executable, DEPLOY / "licences.py", tmp_path / "sbom.json"], capture_output=True, text=True, check=False
    )

    assert said.returncode == 1
    assert "These say no licence: silent." in said.stderr
    assert "| one | 1 | MIT |\n| pysqlite3 | 3 | Zlib |\n| silent | 4 |  |\n| two | 2 | BSD-3-Clause |" in said.stdout
