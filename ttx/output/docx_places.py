"""Places in a Word document and what leads to them: bookmarks around runs, and links within the document."""

from typing import Any

from ttx.output.docx_styles import element


def tie(run: Any, at: str, to: str, number: int) -> None:
    """Make a run the place of this name, or what leads to it. `number` is one that no other bookmark has."""
    made = run._r
    if to:
        link = element("w:hyperlink", {"w:anchor": _name(to), "w:history": "1"})
        made.addprevious(link)
        link.append(made)
        made = link
    if at:
        made.addprevious(element("w:bookmarkStart", {"w:id": str(number), "w:name": _name(at)}))
        made.addnext(element("w:bookmarkEnd", {"w:id": str(number)}))


def _name(place: str) -> str:
    """A place as Word names bookmarks: letters, digits and low lines."""
    return place.replace("-", "_")
