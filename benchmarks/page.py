"""Writes what was found into docs/performance.md: tables between its markers, and a picture for each figure."""

import json
import os
import platform
import re
import statistics
import subprocess
from datetime import UTC, datetime
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.running import PEERS, ROOT
from benchmarks.table import number

PAGE = ROOT / "docs" / "performance.md"
PICTURES = ROOT / "docs" / "pictures"
RESULTS = ROOT / ".bench" / "figures.jsonl"
STYLE = (
    "<style>text{font:13px system-ui,sans-serif;fill:#222}.ours{fill:#14697a}.peer{fill:#9fb4ba}"
    "@media(prefers-color-scheme:dark){text{fill:#eee}.ours{fill:#4fb3c6}.peer{fill:#5d7076}}</style>"
)
HEAD = ("| figure | found | to reach | |", "| --- | --- | --- | --- |")
Told = dict[str, Any]


def write(quiet: bool) -> None:
    """The last line of each figure goes into the page, in the place of what stood there of it; figures that were not
    measured stay, each with its day. `quiet` says that nothing else ran beside them."""
    last: dict[str, Told] = {}
    for line in RESULTS.read_text().splitlines():
        told = json.loads(line)
        last[told["figure"]] = told
    page = PAGE.read_text(encoding="utf-8")
    rows, sections = rows_of(page), sections_of(page)
    for name, told in last.items():
        rows.pop(name.partition("-")[0], None)
        rows[name] = reached(told)
        if "failed" not in told:
            sections[name] = figure(told)
    page = between(page, "machine", machine(quiet))
    page = between(page, "reached", "\n".join([*HEAD, *(row for listed in rows.values() for row in listed)]))
    page = between(page, "figures", "\n\n".join(sections.values()))
    PAGE.write_text(page, encoding="utf-8")


def rows_of(page: str) -> dict[str, list[str]]:
    """The rows of the table of figures to reach, by figure."""
    found: dict[str, list[str]] = {}
    for row in standing(page, "reached").splitlines():
        name = row.strip("| ").partition(" | ")[0].partition(":")[0]
        if row and row not in HEAD:
            found.setdefault(name, []).append(row)
    return found


def sections_of(page: str) -> dict[str, str]:
    """What the page tells of each figure."""
    parts = re.split(r"^### ", standing(page, "figures"), flags=re.MULTILINE)[1:]
    return {part.partition("\n")[0]: f"### {part.strip()}" for part in parts}


def standing(page: str, name: str) -> str:
    """What stands between the markers of this name."""
    return page.partition(f"<!-- {name} -->")[2].partition(f"<!-- end of {name} -->")[0]


def between(page: str, name: str, text: str) -> str:
    """The page with this text between the markers of this name."""
    found = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
    if not found.search(page):
        raise AssertionError(f"docs/performance.md has no place for {name}")
    return found.sub(lambda parts: f"{parts[1]}\n{text}\n\n{parts[2]}", page)


def machine(quiet: bool) -> str:
    """What it ran on, and with what."""
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())[1]) / 1e6
    ours = ", ".join(f"{name} {version(name)}" for name in ("uvicorn", "websockets", "fastapi", "sqlalchemy"))
    node = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout.strip() or "none"
    peers = json.loads((PEERS / "package.json").read_text())["dependencies"]
    beside = "Nothing else ran." if quiet else (
        "**Taken on a busy machine**, on which other programs took most of both cores: only the ratios say something, "
        "and those of short turns little."
    )  # fmt: skip
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {cpu[1] if cpu else platform.machine()}, {os.cpu_count()} cores, "
        f"{memory:.0f} GB, Linux {platform.release()}, Python {platform.python_version()}, {ours}, "
        f"Node {node}, {', '.join(f'{name} {said}' for name, said in peers.items())}. {beside}"
    )


def reached(told: Told) -> list[str]:
    """A figure's rows in the table of figures to reach."""
    if "failed" in told:
        return [f"| {told['figure']} | not measured: {told['failed'].replace('|', '/')} | | **failed** |"]
    rows = []
    for one in told.get("reaches", ()):
        bound = f"{'<=' if one['at_most'] else '>='} {number(one['bound'])} {one['unit']}"
        spread = f" ({number(one['low'])} to {number(one['high'])})" if one["low"] is not None else ""
        mark = "reached" if one["holds"] else "**missed**"
        found = f"{number(one['value'])} {one['unit']}{spread}"
        rows.append(f"| {told['figure']}: {one['what']} | {found} | {bound} | {mark} |")
    return rows


def figure(told: Told) -> str:
    """One figure: its picture, its table, its notes."""
    PICTURES.mkdir(exist_ok=True)
    name = f"bench-{told['figure']}.svg"
    (PICTURES / name).write_text(picture(told), encoding="utf-8")
    rows = [
        f"### {told['figure']}",
        "",
        f"{told['title']}. Median of {told['rounds']}, in {told['unit']}.{day(told)}",
        "",
    ]
    rows += [f"![{told['title']}](pictures/{name})", "", f"| | {told['unit']} | least to most |", "| --- | --- | --- |"]
    for who, median in ordered(told):
        low, high = told["spread"][who]
        rows.append(f"| {who} | {number(median)} | {number(low)} to {number(high)} |")
    rows += [f"| {who} | missing | {why} |" for who, why in told["missing"].items()]
    notes = [f"- {what}: {spelled(said)}" for what, said in told["notes"].items()]
    return "\n".join([*rows, *([""] if notes else []), *notes])


def day(told: Told) -> str:
    """When it was measured, as far as it is known."""
    return f" Measured on {told['on']}." if "on" in told else ""


def spelled(said: Any) -> str:
    """A note's value in words."""
    return "; ".join(f"{name} {value}" for name, value in said.items()) if isinstance(said, dict) else str(said)


def ordered(told: Told) -> list[tuple[str, float]]:
    """The contenders, the best first."""
    return sorted(told["medians"].items(), key=lambda one: one[1], reverse=told["more_is_better"])


def picture(told: Told) -> str:
    """Bars, the best at the top, ours filled; one that would dwarf all others is cut, with an arrow."""
    rows = ordered(told)
    longest = min(max(median for _, median in rows), 4 * statistics.median(median for _, median in rows))
    height = 26 * len(rows) + 16
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 {height}" width="760" height="{height}" role="img">',
        f"<title>{escape(told['title'])}, {escape(told['unit'])}</title>",
        STYLE,
    ]
    for place, (who, median) in enumerate(rows):
        y = 8 + 26 * place
        wide = min(430, max(2, 430 * median / longest))
        cut = "\u2192 " if median > longest else ""
        ours = "ours" if who.startswith(("ttx", "POST")) else "peer"
        parts.append(f'<text x="245" y="{y + 16}" text-anchor="end">{escape(who)}</text>')
        parts.append(f'<rect class="{ours}" x="255" y="{y + 3}" width="{wide:.0f}" height="18" rx="2"/>')
        parts.append(f'<text x="{262 + wide:.0f}" y="{y + 16}">{cut}{number(median)}</text>')
    return "\n".join([*parts, "</svg>", ""])
