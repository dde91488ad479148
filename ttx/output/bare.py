"""Office files without what tells who made them, where and when: the same document is the same bytes on every day."""

import io
import re
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first day a zip knows; what is written where a format insists on a date."""
TELLING = re.compile(
    rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>|<cp:(lastModifiedBy|revision)\s*(?:/>|>[^<]*</cp:\2>)"
)
APP = "docProps/app.xml"
NOTHING = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)


def bare(content: bytes) -> bytes:
    """An Office file (ECMA-376, a zip) without dates, revisions and the program that made it, its members in order."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in packed.namelist():
            part = packed.read(name)
            if name == "docProps/core.xml":
                part = TELLING.sub(b"", part)
            elif name == APP:
                part = NOTHING
            member = zipfile.ZipInfo(name, EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(member, part)
    return file.getvalue()
