"""Text tables: which encoding, which separator, and their rows as plain texts. Nothing about meaning."""

import csv
import io
import re

from ttx.scenario.formats.zips import Unreadable

SEPARATORS = ",;\t|"
LINES = 200_000

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip


def delimited(name: str, content: bytes) -> list[list[str]]:
    """The rows of a CSV, one list of texts each, empty rows included. Raises Unreadable if it is no text."""
    text = decoded(name, content)
    separator, text = _separator(text)
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append([cell.replace("\r\n", "\n") for cell in row])
            if len(rows) > LINES:
                raise Unreadable(f"{name} holds more than {LINES:,} lines; keep only the list of injects.")
    except csv.Error as error:
        raise Unreadable(f"{name} cannot be read as CSV beyond row {len(rows) + 1}: {error}.") from None
    return rows


def decoded(name: str, content: bytes) -> str:
    """The text in these bytes: by its mark, as UTF-8, as UTF-16 without a mark, else as Windows-1252."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                if encoding == "utf-8-sig":
                    # A mark that a program put before text of the old code page says nothing of the text.
                    return decoded(name, content[len(mark) :])
                raise Unreadable(f"{name} begins as {encoding} and does not go on so; save it as UTF-8.") from None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text and "\0" not in text:
        return text
    for encoding, zeros in (("utf-16-le", content[1:2000:2]), ("utf-16-be", content[0:2000:2])):
        if len(zeros) > 3 and zeros.count(0) > len(zeros) * 0.6:
            return content.decode(encoding, "replace")
    if content.count(0) or _odd(content[:4000]):
        raise Unreadable(
            f"{name} is no spreadsheet and no text; choose an .xlsx, .xls, .ods or .csv file with a list of injects."
        )
    # Five bytes are undefined in Windows-1252; they stand for themselves, as in browsers (WHATWG Encoding).
    return (
        "".join(
            bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
            for byte in content
        )
        if len(content) < 100_000
        else content.decode("cp1252", "replace")
    )


def _odd(start: bytes) -> bool:
    """Whether so many control characters stand here that this is no text."""
    return sum(byte < 9 or 13 < byte < 32 for byte in start) > len(start) / 50


def _separator(text: str) -> tuple[str, str]:
    """The separator, and the text without the line that names it (`sep=;`, as Excel writes)."""
    if named := re.match(r"\ufeff?\"?sep=(.)\"?\r?\n", text):
        return named[1], text[named.end() :]
    start = text[:50_000]
    best, most = ",", 0.0
    for separator in SEPARATORS:
        widths = []
        try:
            for row in csv.reader(io.StringIO(start, newline=""), delimiter=separator):
                if any(cell.strip() for cell in row):
                    widths.append(sum(1 for cell in row if cell.strip()))
                if len(widths) > 60:
                    break
        except csv.Error:
            continue
        if not widths:
            continue
        # The separator that makes most rows equally wide: its usual width, by how usual it is.
        usual = max(set(widths), key=lambda width: (widths.count(width), width))
        share = sum(abs(width - usual) <= max(1, usual // 3) for width in widths) / len(widths)
        score = (max(usual, sorted(widths)[len(widths) // 2]) - 1) * share
        if score > most:
            best, most = separator, score
    return best, text
