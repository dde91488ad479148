"""The parts of a bill of materials (CycloneDX JSON) with version and licence, as a table. A part without one fails it.

python deploy/licences.py sbom.json
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

READ = {"pysqlite3": "Zlib"}
"""What the licence file of a part says that says nothing in its metadata."""


def licence_of(part: Mapping[str, Any]) -> str:
    """The licence as SPDX says it, else as the package does; empty if it says none."""
    given = part.get("licenses", [])
    said = [one["expression"] for one in given if "expression" in one]
    said += [one["license"].get("id") or one["license"].get("name", "") for one in given if "license" in one]
    told = " or ".join(sorted({" ".join(one.split("\n")[0].split()) for one in said if one}))[:80]
    return told or READ.get(part["name"].lower(), "")


def main() -> int:
    """Write the table; 1 if a part does not say under which licence it is."""
    parts = json.loads(Path(sys.argv[1]).read_text("utf-8"))["components"]
    rows = sorted((part["name"].lower(), part["version"], licence_of(part)) for part in parts)
    sys.stdout.write("# What ttx is made of\n\n| part | version | licence |\n| --- | --- | --- |\n")
    sys.stdout.writelines(f"| {name} | {version} | {licence} |\n" for name, version, licence in rows)
    silent = [name for name, _, licence in rows if not licence]
    if silent:
        sys.stderr.write(f"These say no licence: {', '.join(silent)}. Look it up before this is passed on.\n")
    return int(bool(silent))


if __name__ == "__main__":
    sys.exit(main())
