"""A scenario as large as one gets: each day has branches that rejoin, parallel ways, reserve, needs of other days."""

from tests.words import Written, small_scenario

KINDS = ("contextual", "expected_action", "media", "expected_action", "facilitation", "contextual")
TITLES = (
    "A second vessel is sighted drifting north of the strait, and nobody claims her",
    "Two ministries publish different figures for the same landing",
    "The port asks who pays for the berths, the buses and the doctors",
    "Witnesses leave the centre before anybody has taken a statement",
    "A regional bank freezes accounts that belong to a recruitment firm",
    "Journalists hold a list of names and say they will print it tonight",
)
DAY_MINUTES = 480


def vast_scenario(injects: int = 300, days: int = 5) -> Written:
    """So many injects on so many days; the same each time it is asked."""
    data = small_scenario()
    data["groups"] = {name: {"name": f"Working group {name}"} for name in ("TFPP", "WG-TIP", "DWG", "TEG-RR", "RSO")}
    data["title"] = "Exercise Vast Tide"
    lead = list(data["groups"])
    each = injects // days
    data["days"] = [_day(number, each, lead[(number - 1) % len(lead)]) for number in range(1, days + 1)]
    return data


def _day(number: int, count: int, lead: str) -> Written:
    names = [f"D{number}-{place:02}" for place in range(1, count + 1)]
    sessions = [
        {"id": f"d{number}-open", "title": "Opening and keynote", "start": "08:30", "minutes": 30, "kind": "keynote"},
        {"id": f"d{number}-s1", "title": "The picture this morning", "start": "09:00", "minutes": 140},
        {"id": f"d{number}-coffee", "title": "Coffee", "start": "11:20", "minutes": 10, "kind": "break"},
        {"id": f"d{number}-s2", "title": "Who calls whom", "start": "11:30", "minutes": 170},
        {"id": f"d{number}-lunch", "title": "Lunch", "start": "14:20", "minutes": 10, "kind": "break"},
        {"id": f"d{number}-s3", "title": "What is decided, and what is left open", "start": "14:30", "minutes": 150},
    ]
    injects = []
    for place, name in enumerate(names):
        minute = 540 + place * DAY_MINUTES // count
        clock, session = _when(number, minute)
        one = {
            "id": name,
            "kind": KINDS[place % len(KINDS)],
            "title": TITLES[(place + number) % len(TITLES)],
            "at": clock,
            "minutes": 5,
            "session": session,
            "to": "all" if place % 3 else {"groups": [lead]},
            "sender": "Coast guard of Orrin",
            "channel": "radio",
            "text": "EXERCISE EXERCISE EXERCISE",
            "objectives": ["O1" if place % 2 else "O2"],
            "capabilities": ["C1"],
            "storyline": "boat",
        }
        _lead_on(one, names, place, number)
        injects.append(one)
    return {
        "day": number,
        "title": ("At sea", "On land", "In court", "On the way home", "All together")[(number - 1) % 5],
        "theme": "What happens, who learns of it, who answers for it",
        "lead": lead,
        "sessions": sessions,
        "injects": injects,
    }


def _lead_on(one: Written, names: list[str], place: int, number: int) -> None:
    """In rounds of 15: a decision of two arms and one of three, a stretch of two parallel ways, one in reserve."""
    at = place % 15
    if place - at + 15 > len(names):
        return

    def name(offset: int) -> str:
        return names[place - at + offset]

    if at == 1:
        one["kind"] = "decision"
        one["branch"] = {
            "options": {
                "A": {"label": "Port Ellory, with a shared plan", "next": name(2), "set": {"port": "Ellory"}},
                "B": {"label": "No port is agreed in the time given", "next": name(4)},
            },
            "default": "A",
        }
    elif at in (2, 4):
        one["kind"], one["next"] = "adaptive", name(at + 1)
    elif at in (3, 5):
        one["next"] = name(6)
    elif at == 7:
        one["next"] = [name(8), name(9)]
    elif at in (8, 9):
        one["next"] = name(10)
    elif at == 11:
        one["kind"] = "decision"
        one["branch"] = {
            "options": {
                "A": {"label": "Each state asks alone", "next": name(12)},
                "B": {"label": "All ask together", "next": name(13)},
                "C": {"label": "Nobody asks; it is left for another day", "next": name(13)},
            },
            "default": "A",
        }
    elif at == 12:
        one["kind"], one["next"] = "adaptive", name(15) if place + 3 < len(names) else []
    elif at == 13:
        one["kind"], one["next"], one["when"] = "adaptive", name(15) if place + 2 < len(names) else [], "port == Ellory"
    elif at == 14:
        one["kind"], one["needs"] = "contingency", [name(7)]
    if at == 10 and number > 1:
        one["needs"] = [f"D{number - 1}-{place + 1:02}", name(6)]


def _when(number: int, minute: int) -> tuple[str, str]:
    """The clock time and the session of a minute of the day; what would fall into a break waits for its end."""
    for begin in (680, 860):
        if begin <= minute < begin + 10:
            minute = begin + 10
    session = "s1" if minute < 680 else "s2" if minute < 860 else "s3"
    return f"{minute // 60:02}:{minute % 60:02}", f"d{number}-{session}"
