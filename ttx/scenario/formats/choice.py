"""Which of a workbook's sheets are taken, when several hold injects: the current ones, and each inject once."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ttx.scenario.formats.rows import Entry, Item
from ttx.scenario.formats.tables import Table
from ttx.scenario.formats.times import day_named, moment
from ttx.scenario.formats.words import normal, plain

_STALE = re.compile(
    r"\b(OLD|OBSOLETE|ARCHIVED?|BACK ?-?UP|BAK|COPY|KOPIE|COPIE|COPIA|SALINAN|SUPERSEDED|DEPRECATED|PREVIOUS|DO NOT USE"
    r"|TEMPLATE|EXAMPLE|SAMPLE|DELETED?|UNUSED|ANCIEN|VIEJO|LAMA|ARSIP|ALT|ORIGINAL|SCRATCH|TRASH|REMOVED|CUT"
    r"|DISCARDED|DRAFT ?\d*)\b|\(\d\)$"
)
_FINAL = re.compile(r"\b(FINAL|CURRENT|LATEST|APPROVED|MASTER|DEFINITIF|TERBARU)\b")
_VERSION = re.compile(r"\b(?:V|VER|VERSION|REV|R)\.? ?(\d+(?:\.\d+)*)\b")
_PRINT = re.compile(r"\b(PRINT|PRINTABLE|PRINTOUT|ALL|COMBINED|COMPOSITE|MASTER|OVERVIEW|SUMMARY|MERGED|CONSOLIDATED"
                    r"|FULL|VIEW|REPORT)\b")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listing:
    """A table that holds injects, with its rows read."""

    table: Table
    items: tuple[Item, ...]

    @property
    def entries(self) -> list[Entry]:
        """The injects among its rows."""
        return [item for item in self.items if isinstance(item, Entry)]


def chosen(listings: Sequence[Listing]) -> tuple[list[Listing], list[str], list[str]]:
    """The listings to take, in the workbook's order; sentences on what was chosen; and on what was left out."""
    choice: list[str] = []
    left: list[str] = []
    kept = _without_hidden(list(listings), choice, left)
    kept = _without_stale(kept, choice, left)
    kept = _without_repeats(kept, choice, left)
    return kept, choice, left


def _name(listing: Listing) -> str:
    return f"'{listing.table.sheet.name}'"


def _count(listing: Listing) -> str:
    number = len(listing.entries)
    return f"{number} row{'s' if number != 1 else ''}"


def _without_hidden(listings: list[Listing], choice: list[str], left: list[str]) -> list[Listing]:
    shown = [one for one in listings if not one.table.sheet.hidden]
    if not shown:
        if listings:
            choice.append(
                f"Every sheet with injects is hidden; {', '.join(map(_name, listings))} was taken all the same."
            )
        return listings
    for one in listings:
        if one.table.sheet.hidden:
            left.append(
                f"Sheet {_name(one)} ({_count(one)}) is hidden and was not taken, since sheets that are shown hold a "
                "list; unhide it if it should be."
            )
    return shown


def _without_stale(listings: list[Listing], choice: list[str], left: list[str]) -> list[Listing]:
    """Leaves out sheets that call themselves old, and older versions of the same list."""
    stale = [one for one in listings if _STALE.search(plain(_words(one)))]
    fresh = [one for one in listings if one not in stale]
    if not fresh:
        return listings
    for one in stale:
        left.append(
            f"Sheet {_name(one)} ({_count(one)}) was not taken: by its name it is out of date, and "
            f"{', '.join(map(_name, fresh))} holds the list."
        )
    versions: dict[str, list[Listing]] = {}
    for one in fresh:
        versions.setdefault(_bare(one), []).append(one)
    kept = []
    for one in fresh:
        rivals = versions[_bare(one)]
        best = max(rivals, key=_rank)
        if one is best or one.table.sheet is best.table.sheet or _shared(one, _Known(best.entries)) < 0.3:
            kept.append(one)
        else:
            left.append(f"Sheet {_name(one)} ({_count(one)}) was not taken: {_name(best)} is a later version of it.")
            choice.append(f"Of the versions of one list, {_name(best)} was taken.")
    return kept


def _words(listing: Listing) -> str:
    return re.sub(r"[_.-]+", " ", listing.table.sheet.name)


def _bare(listing: Listing) -> str:
    """A sheet's name without its version."""
    return normal(_FINAL.sub("", _VERSION.sub("", plain(_words(listing))))) or "msel"


def _rank(listing: Listing) -> tuple[bool, tuple[int, ...], int]:
    name = plain(listing.table.sheet.name.replace("_", " "))
    version = _VERSION.search(name)
    numbers = tuple(map(int, version[1].split("."))) if version else ()
    return bool(_FINAL.search(name)), numbers, len(listing.entries)


class _Known:
    """Injects by their numbers and texts, to know one again that stands on another sheet too."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.texts: dict[str, list[Entry]] = {}
        self.numbers: dict[str, list[Entry]] = {}
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        text = _told(entry)
        if len(text) >= 25:
            self.texts.setdefault(text, []).append(entry)
        if number := normal(entry.text("id")):
            self.numbers.setdefault(number, []).append(entry)

    def find(self, entry: Entry) -> Entry | None:
        """The same inject: one with the same text, or of this number with a text that begins alike.

        What stands on the sheets of two days is two injects, however alike: each day has its round of questions.
        """
        text = _told(entry)
        if text in self.texts:
            return next((other for other in self.texts[text] if not _on_other_days(entry, other)), None)
        for other in self.numbers.get(normal(entry.text("id")), ()):
            theirs = _told(other)
            if text == theirs or (
                min(len(text), len(theirs)) >= 25 and (text.startswith(theirs) or theirs.startswith(text))
            ):
                return other
        return None


def _told(entry: Entry) -> str:
    return normal(entry.text("text") or entry.text("title"))


def _on_other_days(one: Entry, other: Entry) -> bool:
    """Whether the names of their sheets, or else their own cells, put two entries on two days."""
    days = [_days_said(entry) for entry in (one, other)]
    return any(first and second and first != second for first, second in zip(*days, strict=True))


def _days_said(entry: Entry) -> tuple[object, object]:
    """The number and the date of the day that an entry's cells say, or its sheet's name."""
    said = [found for found in (entry.day, entry.at, moment(entry.sheet)) if found is not None]
    numbers = (*(one.day for one in said), day_named(entry.sheet))
    return (
        next((number for number in numbers if number is not None), None),
        next((one.on for one in said if one.on is not None), None),
    )


def _shared(one: Listing, known: _Known) -> float:
    """The share of a list's injects that are known."""
    return sum(known.find(entry) is not None for entry in one.entries) / max(1, len(one.entries))


def _richness(listing: Listing) -> tuple[bool, int, int]:
    """How much a listing says of each inject; one that is for printing says least."""
    fields = {column.field for column in listing.table.layout.columns if column.field}
    letters = sum(len(entry.text("text")) for entry in listing.entries) // max(1, len(listing.entries))
    return not _PRINT.search(plain(_words(listing))), len(fields), letters


def _without_repeats(listings: list[Listing], choice: list[str], left: list[str]) -> list[Listing]:
    """Takes each inject once: sheets with details before sheets that put others together for print."""
    if len({one.table.sheet.name for one in listings}) < 2:
        return listings
    together = [one for one in listings if _holds_another(one, listings)]
    dropped: list[Listing] = []
    for one in together:
        others = [other for other in listings if other.table.sheet is not one.table.sheet and other not in dropped]
        known = _Known(entry for other in others for entry in other.entries)
        missing = [entry for entry in one.entries if known.find(entry) is None]
        if others and not missing and max(map(_richness, others)) >= _richness(one):
            dropped.append(one)
            left.append(
                f"Sheet {_name(one)} ({_count(one)}) was not taken: it repeats what "
                f"{', '.join(dict.fromkeys(map(_name, others)))} hold."
            )
    kept = [one for one in listings if one not in dropped]
    return _each_once(kept, left)


def _holds_another(one: Listing, listings: Sequence[Listing]) -> bool:
    """Whether a list is as long as any on other sheets and has most of what one of those has."""
    others = [other for other in listings if other.table.sheet is not one.table.sheet]
    if not others or len(one.entries) < max(len(other.entries) for other in others):
        return False
    known = _Known(one.entries)
    return any(_shared(other, known) > 0.6 for other in others)


def _each_once(listings: list[Listing], left: list[str]) -> list[Listing]:
    """Without rows that stand on another sheet already: the sheet that says most of them keeps them."""
    known = _Known()
    clean: dict[int, Listing] = {}
    order = sorted(range(len(listings)), key=lambda place: _richness(listings[place]), reverse=True)
    for place in order:
        one = listings[place]
        items: list[Item] = []
        repeated: list[int] = []
        first = ""
        for item in one.items:
            home = known.find(item) if isinstance(item, Entry) else None
            if home is not None:
                repeated.append(item.row)
                first = first or home.sheet
            else:
                items.append(item)
        for entry in items:
            if isinstance(entry, Entry):
                known.add(entry)
        if repeated:
            left.append(
                f"Sheet {_name(one)}, row{'s' if len(repeated) > 1 else ''} {_rows(repeated)}: repeat what stands on "
                f"sheet '{first}'."
            )
        clean[place] = Listing(one.table, tuple(items))
    return [clean[place] for place in range(len(listings)) if clean[place].entries]


def _rows(numbers: Sequence[int]) -> str:
    """`3-7, 12`."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    parts = [str(first) if first == last else f"{first}-{last}" for first, last in spans]
    return ", ".join(parts if len(parts) <= 20 else [*parts[:20], "..."])
