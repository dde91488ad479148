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
Told = dict[str, Any]


def write(quiet: bool) -> None:
    """The last line of each figure goes into the page; `quiet` says that nothing else ran beside them."""
    last: dict[str, Told] = {}
    for line in RESULTS.read_text().splitlines():
        told = json.loads(line)
        last[told["figure"]] = told
    page = PAGE.read_text(encoding="utf-8")
    page = between(page, "machine", machine(quiet))
    page = between(page, "reached", reached(list(last.values())))
    page = between(page, "figures", "\n\n".join(figure(told) for told in last.values() if "failed" not in told))
    PAGE.write_text(page, encoding="utf-8")


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


def reached(all_told: list[Told]) -> str:
    """The figures to reach, in one table."""
    rows = ["| figure | found | to reach | |", "| --- | --- | --- | --- |"]
    for told in all_told:
        if "failed" in told:
            rows.append(f"| {told['figure']} | not measured: {told['failed'].replace('|', '/')} | | **failed** |")
        for one in told.get("reaches", ()):
            bound = f"{'<=' if one['at_most'] else '>='} {number(one['bound'])} {one['unit']}"
            spread = f" ({number(one['low'])} to {number(one['high'])})" if one["low"] is not None else ""
            mark = "reached" if one["holds"] else "**missed**"
            found = f"{number(one['value'])} {one['unit']}{spread}"
            rows.append(f"| {told['figure']}: {one['what']} | {found} | {bound} | {mark} |")
    return "\n".join(rows)


def figure(told: Told) -> str:
    """One figure: its picture, its table, its notes."""
    PICTURES.mkdir(exist_ok=True)
    name = f"bench-{told['figure']}.svg"
    (PICTURES / name).write_text(picture(told), encoding="utf-8")
    rows = [f"### {told['figure']}", "", f"{told['title']}. Median of {told['rounds']}, in {told['unit']}.", ""]
    rows += [f"![{told['title']}](pictures/{name})", "", f"| | {told['unit']} | least to most |", "| --- | --- | --- |"]
    for who, median in ordered(told):
        low, high = told["spread"][who]
        rows.append(f"| {who} | {number(median)} | {number(low)} to {number(high)} |")
    rows += [f"| {who} | missing | {why} |" for who, why in told["missing"].items()]
    notes = [f"- {what}: {spelled(said)}" for what, said in told["notes"].items()]
    return "\n".join([*rows, *([""] if notes else []), *notes])


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
