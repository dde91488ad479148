"""Reading a scenario's folder and a roster's file, under caps and never out of the folder.

Only what the files say. What it means is `readings` and `checks` for a scenario, `roster` for a roster.
"""

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from io import StringIO
from pathlib import Path

from ttx.scenario import pictures
from ttx.scenario.findings import Faulty, Finding
from ttx.scenario.material import SIZE, Lines, Location, Material, Piece, fault, parse, parsed, refuse_control
from ttx.scenario.roster import Roster, seated

HEAD = "scenario.yaml"
ROSTERS = ("roster.yaml", "roster.csv")
TRANSLATIONS = "translations"

_DAY = re.compile(r"day-([1-9][0-9]?)\.yaml")
_NEARLY_DAY = re.compile(r"day.*\.ya?ml", re.IGNORECASE)
_TRANSLATION = re.compile(r"translations/([a-z]{2,3}(?:-[A-Za-z]{2,4})?)\.yaml")
_ROWS = 20_000
_LANGUAGES = 40
_PICTURES = 500


def read(folder: Path) -> Material:
    """The scenario in this folder as plain data: `scenario.yaml`, `day-N.yaml` as its days, `translations/xx.yaml` as
    its translations, and the names of its pictures.

    Never raises for what the files hold: what could not be read is told in the material's `faults`.
    """
    if not folder.is_dir():
        said = "is a file; name the folder it lies in" if folder.exists() else "does not exist"
        return Material({}, {}, HEAD, faults=(fault(HEAD, 1, f"The folder {folder} {said}."),), whole=False)
    faults: list[Finding] = []
    texts: dict[str, str | None] = {}
    entries = [entry.name for entry in folder.iterdir()]
    below = [f"{TRANSLATIONS}/{name}" for name in _entries(folder, TRANSLATIONS)]
    for name in (HEAD, *_day_files(entries), *_languages(below).values()):
        try:
            # A link may be the file itself, or the folder of translations.
            if (folder / name).exists() and not within(folder, name):
                raise Faulty([fault(name, 1, f"{name} is a link out of the folder; put the file itself there.")])
            texts[name] = read_text(folder / name, name)
        except Faulty as faulty:
            faults += faulty.findings
            texts[name] = None
    faults += _nearly(entries)
    faults += [
        fault(name, 1, f"{name} is not read; translations into French stand in {TRANSLATIONS}/fr.yaml.")
        for name in sorted(below)
        if not _TRANSLATION.fullmatch(name)
    ]
    return assembled(texts, faults, _pictures(folder, faults))


def assembled(
    texts: Mapping[str, str | None], faults: Iterable[Finding] = (), pictures: Collection[str] | None = None
) -> Material:
    """The scenario in these texts by file name; None stands for a file that could not be read, told in `faults`.

    Like `read`, for a folder that lies in no file system. Names that are no part of a scenario are passed over.
    `pictures` are the names of those there are; without them nothing is said about pictures.
    """
    found = list(faults)
    repeats: list[tuple[Location, int]] = []
    head = _piece(HEAD, texts, found)
    data: dict[str, object] = dict(head.data) if head and isinstance(head.data, dict) else {}
    lines: dict[str, tuple[int, Lines]] = dict(head.lines) if head and isinstance(head.lines, dict) else {}
    if head:
        repeats += head.repeats
    if "days" in data:
        found.append(fault(HEAD, lines["days"][0], "Days stand in files of their own, day-1.yaml and so on."))
    if TRANSLATIONS in data:
        line = lines.pop(TRANSLATIONS)[0]
        del data[TRANSLATIONS]
        found.append(fault(HEAD, line, f"Translations stand in files of their own, {TRANSLATIONS}/fr.yaml and so on."))
    names = _day_files(texts)
    if not names:
        found.append(fault(HEAD, 1, "The folder holds no day; write the first one in day-1.yaml."))
    days: list[object] = []
    below: list[tuple[int, Lines]] = []
    day_files: list[str] = []
    for name in names:
        if piece := _piece(name, texts, found):
            repeats += ((("days", len(days), *place), line) for place, line in piece.repeats)
            days.append(piece.data)
            below.append((1, piece.lines))
            day_files.append(name)
    data["days"], lines["days"] = days, (1, below)
    translations: dict[str, object] = {}
    beneath: dict[str, tuple[int, Lines]] = {}
    for language, name in _languages(texts).items():
        if len(translations) == _LANGUAGES:
            found.append(fault(name, 1, f"{name} is not read; a scenario may be in {_LANGUAGES} languages."))
        elif piece := _piece(name, texts, found):
            repeats += (((TRANSLATIONS, language, *place), line) for place, line in piece.repeats)
            translations[language], beneath[language] = piece.data, (1, piece.lines)
    if translations:
        data[TRANSLATIONS], lines[TRANSLATIONS] = translations, (1, beneath)
    return Material(
        data,
        lines,
        HEAD,
        tuple(day_files),
        tuple(repeats),
        tuple(found),
        whole=bool(names) and len(day_files) == len(names),
        headed=head is not None,
        pictures=frozenset(pictures) if pictures is not None else None,
    )


def read_roster(path: Path) -> Roster:
    """The roster in a YAML or CSV file. Raises Faulty with every fault it has."""
    return seated(roster_material(path))


def roster_material(path: Path) -> Material:
    """What a roster's file says; a CSV's rows become `seats`. Raises Faulty if it cannot be read."""
    return roster_text(read_text(path, path.name), path.name)


def roster_text(text: str, name: str) -> Material:
    """What the text of a roster's file of this name says. Raises Faulty if it cannot be read."""
    match name.lower().rpartition(".")[2]:
        case "csv":
            piece = _table(text, name)
        case "yaml" | "yml":
            piece = parse(text, name)
        case _:
            raise Faulty([fault(name, 1, f"{name} is no roster; a roster is a .yaml or a .csv file.")])
    return Material(piece.data, piece.lines, name, repeats=piece.repeats)


def within(folder: Path, name: str) -> bool:
    """Whether a file of this name lies in the folder, or is a link to one that does."""
    path = folder / name
    return path.exists() and path.resolve().is_relative_to(folder.resolve())


def _day_files(names: Iterable[str]) -> list[str]:
    """Of these names, those of days, in the days' order."""
    numbered = {int(match[1]): name for name in sorted(names) if (match := _DAY.fullmatch(name))}
    return [numbered[number] for number in sorted(numbered)]


def _languages(names: Iterable[str]) -> dict[str, str]:
    """Of these names, those of translations, by language."""
    return {match[1]: name for name in sorted(names) if (match := _TRANSLATION.fullmatch(name))}


def _entries(folder: Path, name: str) -> list[str]:
    """What lies in a folder of this folder, but for what begins with a dot: systems leave that by themselves."""
    below = folder / name
    if not below.is_dir():
        return []
    return sorted(entry.name for entry in below.iterdir() if not entry.name.startswith("."))


def _pictures(folder: Path, faults: list[Finding]) -> list[str]:
    """The names of the pictures there are; what is wrong with one is added to the faults."""
    names = _entries(folder, pictures.FOLDER)
    if len(names) > _PICTURES:
        sentence = f"The folder {pictures.FOLDER} holds {len(names)} files; a scenario may have {_PICTURES} pictures."
        faults.append(fault(pictures.FOLDER, 1, sentence))
    for name in names[:_PICTURES]:
        place = f"{pictures.FOLDER}/{name}"
        if not within(folder, place):
            faults.append(fault(place, 1, f"{place} is a link out of the folder; put the picture itself there."))
        elif not (folder / place).is_file():
            faults.append(fault(place, 1, f"{place} is no file."))
        else:
            with (folder / place).open("rb") as file:
                head = file.read(pictures.HEAD)
            if (why := pictures.refusal(name, head, (folder / place).stat().st_size)) is not None:
                faults.append(fault(place, 1, why))
    return names[:_PICTURES]


def _nearly(names: Iterable[str]) -> list[Finding]:
    """What looks like a day's file and is not read."""
    return [
        fault(name, 1, f"{name} is not read; a day's file is called day-1.yaml, day-2.yaml...")
        for name in sorted(names)
        if _NEARLY_DAY.fullmatch(name) and not _DAY.fullmatch(name)
    ]


def _piece(name: str, texts: Mapping[str, str | None], faults: list[Finding]) -> Piece | None:
    """A file that holds a mapping; else None, and why is added to the faults unless it is told already."""
    text = texts.get(name)
    if text is None:
        if name not in texts:
            faults.append(fault(name, 1, f"{name} is missing."))
        return None
    try:
        piece = parsed(text, name)
        if not isinstance(piece.data, dict):
            raise Faulty([fault(name, 1, f"{name} does not hold fields, such as title: ..., one a line.")])
    except Faulty as faulty:
        faults += faulty.findings
        return None
    return piece


def read_text(path: Path, name: str) -> str:
    """A file's text, without a byte-order mark. Raises Faulty if it is missing, too large or not UTF-8."""
    if not path.is_file():
        raise Faulty([fault(name, 1, f"{name} is missing." if not path.exists() else f"{name} is no file.")])
    try:
        with path.open("rb") as file:
            written = file.read(SIZE + 1)
    except OSError as error:
        raise Faulty([fault(name, 1, f"{name} cannot be opened: {error.strerror}.")]) from None
    if len(written) > SIZE:
        sentence = f"{name} is larger than {SIZE // 1_000_000} MB; divide it, or keep pictures out of it."
        raise Faulty([fault(name, 1, sentence)])
    try:
        return written.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = written.count(b"\n", 0, error.start) + 1
        sentence = f"{name} is not UTF-8 text from line {line} on; save it with the encoding UTF-8."
        raise Faulty([fault(name, line, sentence)]) from None


def _table(text: str, file: str) -> Piece:
    """A CSV's rows as `{"seats": [{column: cell}]}`; columns are separated by commas, semicolons or tabs."""
    refuse_control(text, file)
    head = text.lstrip().split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    rows: list[object] = []
    lines: list[tuple[int, Lines]] = []
    faults: list[Finding] = []
    columns: list[str] = []
    for line, cells in _rows(text, separator, file):
        if not columns:
            columns = [cell.casefold() for cell in cells]
            while columns and not columns[-1]:
                columns.pop()
            repeated = {column for column in columns if columns.count(column) > 1}
            faults += [fault(file, line, f"The column '{column}' stands there twice.") for column in sorted(repeated)]
            continue
        if any(cells[len(columns) :]):
            faults.append(fault(file, line, f"This row has more cells than the {len(columns)} columns of the header."))
        rows.append({column: cell for column, cell in zip(columns, cells, strict=False) if cell})
        lines.append((line, dict.fromkeys(columns, (line, None))))
    if faults:
        raise Faulty(faults)
    return Piece({"seats": rows}, {"seats": (1, lines)})


def _rows(text: str, separator: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, each with the line it begins on."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for number, row in enumerate(reader):
            if number > _ROWS:
                raise Faulty([fault(file, line, f"{file} holds more than {_ROWS:,} rows.")])
            cells = [" ".join(cell.split()) for cell in row]
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise Faulty([fault(file, reader.line_num, f"This row cannot be read as CSV: {error}.")]) from None
