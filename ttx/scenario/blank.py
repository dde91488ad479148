"""What a new scenario holds before anybody wrote in it: one of everything that must be there, to be written over."""

import re
import unicodedata


def blank(title: str) -> dict[str, object]:
    """A scenario of this title with one group, one day, one session and one inject, as plain data. It has no error."""
    return {
        "format": "ttx-scenario/1",
        "id": ident_of(title),
        "title": title,
        "version": "0.1",
        "summary": "",
        "objectives": {"O1": {"name": "First objective"}},
        "capabilities": {"C1": {"name": "First capability"}},
        "groups": {"G1": {"name": "First working group"}},
        "days": [
            {
                "day": 1,
                "title": "The first day",
                "theme": "What this day is about",
                "lead": "G1",
                "sessions": [{"id": "d1-s1", "title": "First session", "start": "09:00", "minutes": 60}],
                "injects": [
                    {
                        "id": "D1-01",
                        "kind": "contextual",
                        "title": "What happens first",
                        "at": "09:00",
                        "minutes": 15,
                        "session": "d1-s1",
                        "to": "all",
                        "sender": "Exercise control",
                        "channel": "briefing",
                        "text": "Write here what the delegations learn.",
                        "objectives": ["O1"],
                        "capabilities": ["C1"],
                    }
                ],
            }
        ],
    }


def ident_of(title: str) -> str:
    """An id that says a title in small letters of the Latin alphabet, digits and hyphens, at most 40 of them."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return (slug if slug[:1].isalpha() else f"scenario-{slug}")[:40].strip("-")
