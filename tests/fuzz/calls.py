"""Nonsense for every route of a running server: each address with ids that are there and ids that are not, each field
that any form has with values that no form would send. Whoever asks has a seat, a place among authors, or nothing.
"""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from tests.fuzz.targets import STRANGE
from tests.web.words import Browser, Served
from ttx.exercise.requests import REQUEST
from ttx.scenario.requests import CHANGE
from ttx.scenario.roster import Role
from ttx.settings import Settings
from ttx.web.access import GATES

FORMS = Settings().templates
LETHAL = {"end", "end_exercise", "remove", "leave"}
"""What ends an exercise or a scenario, or gives a place away: then nobody would get far afterwards."""
AWAY = ("POST /logout", "POST /a/{author}/files/remove", "POST /home/scenarios/leave", "POST /account/sessions")


def fields() -> list[str]:
    """Every name that a field of any form has."""
    texts = (file.read_text("utf-8") for file in sorted(FORMS.rglob("*.html")))
    return sorted({name for text in texts for name in re.findall(r'\bname="([\w:-]+)"', text)})


def bodies() -> list[dict[str, Any]]:
    """For each verb of an exercise and of a scenario the fields it has."""
    found = []
    for schema in (REQUEST.json_schema(), CHANGE.json_schema()):
        for one in schema["$defs"].values():
            given = one.get("properties", {})
            if "do" in given and given["do"].get("const") not in LETHAL:
                found.append({"do": given["do"].get("const"), "fields": sorted(set(given) - {"do"})})
    return found


OTHERS = (
    Role.DIRECTOR, Role.TABLE_FACILITATOR, Role.EVALUATOR, Role.ANALYST, Role.PROJECTOR, Role.RAPPORTEUR,
)  # fmt: skip


@dataclass(frozen=True)
class Call:
    """One request and how it went."""

    asked: str
    status: int
    said: str


class Caller:
    """Asks a server for everything, by chance; the same for a seed."""

    def __init__(self, house: Served, seed: int) -> None:
        self.house, self.dice = house, random.Random(seed)
        house.begun()
        seats = [house.as_lead(), house.as_head(), *map(house.as_, OTHERS)]
        authors = [house.as_author(role) for role in (Role.DIRECTOR, Role.LEAD_FACILITATOR, Role.AUTHOR)]
        self.who: list[Browser] = [*seats, *authors, house.device()]
        self.known = {
            "seat": [one.seat.id for one in seats], "author": [one.author.id for one in authors],
            "exercise": [house.exercise], "watched": [house.as_head().seat.id], "seq": ["1", "2"], "day": ["1"],
            "inject": ["D1-01", "D1-09"], "item": ["E-0001"], "gap": ["G-1"], "form": ["pdf", "csv", "docx"],
            "version": ["1"], "language": ["fr", "ar"], "code": [house.seat(Role.HEAD).code],
        }  # fmt: skip
        self.fields, self.bodies = fields(), bodies()

    def calls(self, rounds: int) -> Iterator[Call]:
        """Every route so many times."""
        routes = [one for one in GATES if one.split()[0] in ("GET", "POST") and one not in AWAY]
        for _ in range(rounds):
            self.dice.shuffle(routes)
            for route in routes:
                yield self._call(*route.split())

    def _call(self, method: str, route: str) -> Call:
        path = re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: self._part(found[1]), route)
        asker = self._asker(path)
        given: dict[str, Any] = {}
        if method == "POST":
            given = self._posted()
        query = {name: self._text() for name in self.dice.sample(self.fields, self.dice.randint(0, 2))}
        headers = {"accept": "text/html"} if self.dice.random() < 0.5 else {}
        try:
            headers |= given.pop("headers", {})
            reply = asker.request(method, path, params=query, headers=headers, **given)
        except (httpx.InvalidURL, httpx.TransportError, UnicodeEncodeError) as fault:  # a reset line, after a refusal
            return Call(f"{method} {route}", 0, type(fault).__name__)
        return Call(f"{method} {path} {query} {given}"[:1500], reply.status_code, reply.text[:300])

    def _asker(self, path: str) -> Browser:
        """Mostly whose page it is."""
        place = path.split("/")[2] if path.count("/") >= 2 else ""
        own = [one for one in self.who if place in (getattr(getattr(one, "seat", None), "id", None),
                                                    getattr(getattr(one, "author", None), "id", None))]  # fmt: skip
        if place == self.house.exercise or path.startswith("/api"):
            own = self.who
        return self.dice.choice(own if own and self.dice.random() < 0.9 else self.who)

    def _part(self, name: str) -> str:
        known = self.known.get(name, ["x"])
        odd = ["%00", "..%2f..", "x" * 300, "-1", "9" * 30, "%F0%9F%A6%86", "a%20b", "null", "%ff"]
        return self.dice.choice(known if self.dice.random() < 0.85 else odd)

    def _text(self) -> str:
        said = self.dice.choice([*STRANGE, "D1-01", "q1", "Kestria", "T1", "1", "2", "on", "open_day", "E-0001"])
        return str(said).encode("utf-8", "replace").decode()

    def _posted(self) -> dict[str, Any]:
        chance = self.dice.random()
        if chance < 0.45:
            body = self.dice.choice(self.bodies)
            names = self.dice.sample(body["fields"], self.dice.randint(0, len(body["fields"])))
            said = {"do": body["do"], **{name: self._value() for name in names}}
            return {"content": json.dumps(said).encode("utf-8", "replace"),
                    "headers": {"content-type": "application/json"}}  # fmt: skip
        if chance < 0.85:
            names = self.dice.sample(self.fields, self.dice.randint(0, 8))
            verb = self.dice.choice(self.bodies)["do"]
            return {"data": {"do": verb, **{name: self._text() for name in names}}}
        if chance < 0.95:
            content = self.dice.choice([b"", b"\x00\xff", b"PK\x03\x04" + bytes(40), b"No;Time\n1;0900\n"])
            return {"files": {"file": (self._text()[:50] or "x", content)}}
        return {"content": self.dice.choice([b"{", b"[" * 3000, b"\xff\xfe", b'{"do": null}', b'{"do": "respond"}'])}

    def _value(self) -> Any:
        kinds = [*STRANGE, "D1-01", "D1-09", "q1", 1, 2, ["T1"], ["D1-01"], {"text": "an answer"}, "T1", "Kestria", "a"]
        said = self.dice.choice(kinds)
        return None if isinstance(said, float) else said
