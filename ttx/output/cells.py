"""What stands in one cell of a table: any value as text, and as text that no spreadsheet takes for a program."""

from datetime import datetime


def cell(value: object) -> str:
    """A cell's text."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else ""
        case datetime():
            return value.isoformat(timespec="seconds")
        case _:
            return str(value)


def unformula(value: object) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection); full-width signs count there too."""
    text = cell(value)
    return f"'{text}" if text.startswith(tuple("=+-@\t\r\n＝＋－＠")) else text
