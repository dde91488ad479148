"""The tests' vocabulary: a small scenario that is whole, and how to write it into a folder.

`small_scenario()` returns plain dicts, new each time: change what the test is about and write it.
"""

from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from ruamel.yaml import YAML

Written = dict[str, Any]


def small_scenario() -> Written:
    """Two days that hold one of everything, without a fault."""
    return {
        "format": "ttx-scenario/1",
        "id": "small-tide",
        "title": "Exercise Small Tide",
        "version": "1",
        "summary": "A boat, a port and a question. EXERCISE EXERCISE EXERCISE",
        "objectives": {"O1": {"name": "Understand each other"}, "O2": {"name": "Find gaps"}},
        "capabilities": {"C1": {"name": "Rescue"}, "C2": {"name": "Screening"}},
        "groups": {"SEA": {"name": "Group at sea"}, "LAND": {"name": "Group on land"}},
        "organisations": {"IOM": {"name": "International Organization for Migration"}},
        "storylines": {"boat": {"name": "The boat"}},
        "variables": {
            "port": {"start": "undecided", "label": "Port of landing"},
            "delay_h": {"start": 0, "label": "Hours adrift"},
        },
        "map": {
            "land": [[[0, 0], [300, 0], [300, 300]]],
            "places": {
                "Merevale": {"name": "Merevale", "at": [100, 300]},
                "Ellory": {"name": "Ellory", "at": [600, 400]},
            },
            "routes": {"crossing": {"name": "Crossing", "track": "sea", "points": [[100, 300], [500, 380]]}},
            "tokens": {"pallas": {"name": "Pallas Wake", "kind": "vessel", "at": "Merevale"}},
            "borders": {"regions": {"name": "Rescue regions", "points": [[450, 0], [450, 700]]}},
        },
        "days": [_day_one(), _day_two()],
    }


def told_scenario() -> Written:
    """The small scenario with what may be left out: speakers, the rules of a vote, the time in the story."""
    data = small_scenario()
    data["days"][0]["sessions"][1] |= {
        "kind": "panel",
        "speakers": [
            {"name": "Ines Caldera", "role": "Harbour master of Ellory", "topic": "A quay by night"},
            {"name": "Tomas Wren"},
        ],
    }
    inject(data, "D1-01")["story"] = "Tuesday, before dawn"
    inject(data, "D1-03")["branch"] |= {"by": "tables", "hidden": True, "quorum": 60, "binding": True}
    return data


def small_roster() -> Written:
    """Two delegations at two tables, with the seats that an exercise needs."""
    return {
        "delegations": {
            "Kestria": {"name": "Kestria", "groups": ["SEA"]},
            "tamarinda": {"name": "Federated Islands of Tamarinda", "groups": ["LAND"]},
        },
        "tables": {"T1": "Table 1", "T2": "Table 2"},
        "seats": [
            {"role": "lead facilitator", "name": "Ana"},
            {"role": "table facilitator", "table": "T1"},
            {"role": "head", "delegation": "Kestria", "table": "T1"},
            {"role": "delegate", "delegation": "Kestria", "table": "T1"},
            {"role": "head", "delegation": "tamarinda", "table": "T2"},
            {"role": "plenary"},
        ],
    }


def write_scenario(folder: Path, data: Written, roster: Written | None = None) -> Path:
    """Write a scenario as its files, `scenario.yaml` and `day-N.yaml` for its Nth day; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    write_yaml(folder / "scenario.yaml", {key: value for key, value in data.items() if key != "days"})
    for number, day in enumerate(data["days"], 1):
        write_yaml(folder / f"day-{number}.yaml", day)
    if roster is not None:
        write_yaml(folder / "roster.yaml", roster)
    return folder


_WRITTEN: dict[str, bytes] = {}
"""What was written before, by what it says: tests that break a scenario in one file write the others as they were."""


def write_yaml(path: Path, data: object) -> None:
    """Write plain data the way an author would, one field a line."""
    said = repr(data)
    if said not in _WRITTEN:
        writer, text = YAML(typ="safe", pure=True), BytesIO()
        writer.default_flow_style = False
        writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]  # declared as None
        writer.representer.ignore_aliases = lambda _: True
        writer.dump(data, text)
        _WRITTEN[said] = text.getvalue()
    path.write_bytes(_WRITTEN[said])


def picture(kind: str = "png", colour: str = "teal", size: tuple[int, int] = (30, 20), **more: Any) -> bytes:
    """A picture as a file of this kind; `more` goes to Pillow, such as exif."""
    made = BytesIO()
    Image.new("RGB", size, colour).save(made, {"jpg": "JPEG"}.get(kind, kind), **more)
    return made.getvalue()


def inject(data: Written, wanted: str) -> Written:
    """The inject of this id, to be changed in place."""
    return next(found for day in data["days"] for found in day["injects"] if found["id"] == wanted)


def _day_one() -> Written:
    return {
        "day": 1,
        "title": "At sea",
        "theme": "Early warning and rescue",
        "lead": "SEA",
        "sessions": [
            {"id": "picture", "title": "One picture", "start": "09:00", "minutes": 60},
            {"id": "coffee", "title": "Coffee", "start": "10:00", "minutes": 15, "kind": "break"},
            {"id": "rescue", "title": "Search and rescue", "start": "10:15", "minutes": 90},
            {
                "id": "talk",
                "title": "What the sea asks",
                "start": "11:45",
                "minutes": 30,
                "kind": "panel",
                "speakers": [{"name": "Ines Maro", "role": "Harbour master", "topic": "A berth in a storm"}],
            },
        ],
        "injects": [
            _inject("D1-01", "contextual", "09:00", "picture", "Crossings double", questions=[_ask("q1")]),
            _inject(
                "D1-02",
                "expected_action",
                "09:30",
                "picture",
                "A boat leaves Merevale",
                to={"groups": ["SEA"]},
                map=[
                    {"do": "move", "token": "pallas", "route": "crossing"},
                    {"do": "show", "what": "regions"},
                ],
                questions=[
                    _ask("calls", kind="contacts"),
                    _ask("sure", kind="scale", low="Not sure", high="Sure"),
                ],
            ),
            _inject(
                "D1-03",
                "decision",
                "10:15",
                "rescue",
                "Which port?",
                questions=[_ask("port", kind="single", options={"A": "Ellory", "B": "None yet"})],
                branch={
                    "options": {
                        "A": {"label": "Ellory", "next": "D1-04A", "set": {"port": "Ellory"}},
                        "B": {"label": "None yet", "next": "D1-04B", "set": {"delay_h": 48}},
                    },
                    "default": "B",
                },
            ),
            _inject("D1-04A", "adaptive", "10:45", "rescue", "Ellory opens its port", next=["D1-05"]),
            _inject("D1-04B", "adaptive", "10:45", "rescue", "Two days adrift", next=["D1-05"]),
            _inject(
                "D1-05",
                "expected_action",
                "11:15",
                "rescue",
                "The landing",
                map=[{"do": "alert", "place": "Ellory", "label": "171 people"}],
                questions=[_ask("first", kind="ranking", options={"care": "Care", "list": "A list", "food": "Food"})],
            ),
            _inject("D1-09", "contingency", "11:30", "rescue", "A second call", to={"delegations": ["Kestria"]}),
        ],
    }


def _day_two() -> Written:
    return {
        "day": 2,
        "title": "On land",
        "theme": "Reception and screening",
        "lead": "LAND",
        "sessions": [{"id": "reception", "title": "Reception", "start": "09:00", "minutes": 120}],
        "injects": [
            _inject("D2-01", "contextual", "09:00", "reception", "The hall is full"),
            _inject(
                "D2-02",
                "media",
                "09:30",
                "reception",
                "Ellory in the news",
                channel="social",
                when="port == Ellory",
                questions=[_ask("who", kind="multiple", options={"M": "Ministry", "P": "Port", "N": "Nobody"})],
            ),
            _inject(
                "D2-03",
                "facilitation",
                "10:00",
                "reception",
                "Hot wash",
                needs=["D1-05"],
                questions=[_ask("gap"), _ask("next", objectives=["O2"])],
            ),
        ],
    }


def _inject(ident: str, kind: str, at: str, session: str, title: str, **more: object) -> Written:
    return {
        "id": ident,
        "kind": kind,
        "title": title,
        "at": at,
        "minutes": 20,
        "session": session,
        "to": "all",
        "sender": "Coast guard of Orrin",
        "channel": "radio",
        "text": f"{title}.\nEXERCISE EXERCISE EXERCISE",
        "objectives": ["O1"],
        "capabilities": ["C1"],
        "storyline": "boat",
        **more,
    }


def _ask(ident: str, **more: object) -> Written:
    return {"id": ident, "ask": f"What would your delegation do about {ident}?", **more}
