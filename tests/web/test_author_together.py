"""Five people write two days at once: what was accepted is in the files, or in the history beneath what came later.

They write upon versions they saw some time ago, send again what they are not sure of, and take back what they did.
The dice fall alike each time; who comes first does not.
"""

import random
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.web.words import AUTHORS, Browser, Served
from tests.words import small_scenario
from ttx.exercise.rights import Author
from ttx.scenario import folders
from ttx.scenario.changes import reverted
from ttx.scenario.drafting import Drafting
from ttx.scenario.merging import revision
from ttx.scenario.roster import Role
from ttx.scenario.writing import written
from ttx.store import drafts
from ttx.store.authors import Invited, authors_of
from ttx.store.history import Past, history

ROUNDS = 16
WORDS = (
    "plain",
    "a: b",
    "- x",
    "#no",
    "*a",
    "!!python/x",
    "---",
    "yes",
    "09:30",
    " lead",
    "two\nlines\n",
    "\u202eهنا",
    "'\"{}",
)
VERBS = ("write",) * 7 + ("undo",) * 3 + ("add", "add", "move", "delete", "rename", "redo", "translate", "duplicate")

Piece = Mapping[str, Any]


@dataclass
class Ledger:
    """What each key asked for, what its author had before his eyes then, and what he was told."""

    asked: dict[str, tuple[Author, Piece, Piece | None]] = field(default_factory=dict)
    accepted: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def injects(texts: Mapping[str, str]) -> dict[str, tuple[int, dict[str, Any]]]:
    """The injects by id, each with its day."""
    return {str(spot.piece["id"]): (spot.day, spot.piece) for spot in Drafting(dict(texts)).injects()}


def next_request(
    dice: random.Random, days: list[int], there: dict[str, tuple[int, dict[str, Any]]], seen: str
) -> Piece:
    """What an author asks for who has the inject `seen` before him."""
    if not seen:
        return {"do": "add_inject", "day": days[0]}
    day, piece = there[seen]
    others = [ident for ident, (on, _) in there.items() if on in days]
    base = {"day": day, "inject": seen, "base": revision(piece)}
    match dice.choice(VERBS):
        case "write":
            fields = dice.sample(("title", "text", "notes", "sender", "minutes"), dice.randint(1, 3))
            words = {name: f"{dice.choice(WORDS)} {dice.random()} {dice.choice(WORDS)}" for name in fields}
            return {"do": "write_inject", **base, "fields": words | ({"minutes": 7} if "minutes" in words else {})}
        case "rename":
            return {"do": "write_inject", **base, "fields": {"id": f"D{day}-{dice.randint(20, 60)}"}}
        case "add":
            return {"do": "add_inject", "day": day, "after": seen, "fields": {"text": f"{dice.choice(WORDS)}!"}}
        case "duplicate":
            return {"do": "duplicate_inject", "inject": seen}
        case "delete":
            return {"do": "delete_inject", "inject": seen, "base": base["base"]}
        case "move":
            return {"do": "move_inject", "inject": seen, "day": dice.choice(days), "after": dice.choice(others)}
        case "translate":
            return {"do": "write_translation", "language": "fr", "address": f"{seen}.title", "text": dice.choice(WORDS)}
        case verb:
            return {"do": verb}


def write(house: Served, who: Browser, draft: str, ledger: Ledger, dice: random.Random) -> None:
    """One author's work."""
    days = {"SEA": [1], "LAND": [2]}.get(who.author.group or "", [1, 2])
    there, seen = injects({}), ""
    for number in range(ROUNDS):
        if not seen or dice.random() < 0.3:
            there = injects(drafts.open_draft(house.store, draft).texts)
            mine = [ident for ident, (day, _) in there.items() if day in days]
            # Mostly the first or the last, so that they meet.
            seen = dice.choice((mine[:1] + mine[-1:]) * 3 + mine) if mine else ""
        body = next_request(dice, days, there, seen)
        key = f"{who.author.id}-{number}"
        ledger.asked[key] = who.author, body, there[seen][1] if "base" in body else None
        replies = [who.asks(key=key, **body) for _ in range(dice.choice((1, 1, 1, 2)))]
        for reply in replies:
            if reply.status_code == 200:
                if ledger.accepted.setdefault(key, reply.json()["seq"]) != reply.json()["seq"]:
                    ledger.faults.append(f"{key} was done twice")
            elif reply.status_code not in (403, 409):
                ledger.faults.append(f"{body}: {reply.status_code} {reply.text}")
        if (
            replies[0].status_code == 200
            and who.asks("add_day", key, title="x", theme="x", lead="SEA").status_code != 409
        ):
            ledger.faults.append(f"{key} stood for two requests")


def told_back(house: Served, draft: str) -> tuple[list[Past], list[Mapping[str, str]]]:
    """The whole history, the first first, and the files before, between and after its changes."""
    texts: Mapping[str, str] = drafts.open_draft(house.store, draft).texts
    past: list[Past] = []
    states = [texts]
    while found := history(house.store, draft, before=past[-1].seq if past else None, limit=200):
        for one in found:
            texts = reverted(texts, one.splices) if one.splices else texts
            states.append(texts)
        past += found
    return past[::-1], states[::-1]


def differing(before: Mapping[str, str], after: Mapping[str, str]) -> dict[tuple[str, str], tuple[object, object]]:
    """The fields of injects that were there before and are there after, and say something else."""
    old, new = injects(before), injects(after)
    return {
        (ident, name): (old[ident][1].get(name), new[ident][1].get(name))
        for ident in old.keys() & new.keys()
        for name in old[ident][1].keys() | new[ident][1].keys()
        if old[ident][1].get(name) != new[ident][1].get(name)
    }


def test_five_who_write_two_days_at_once_lose_nothing_that_was_accepted(house: Served, tmp_path: Path):
    begun = written(small_scenario())
    draft = drafts.new_draft(house.store, begun, {}, [*AUTHORS, Invited(Role.AUTHOR, "SEA", "Sela")])
    desks = [house.device().write_as(one) for one in authors_of(house.store, draft)]
    ledger = Ledger()
    work = [
        threading.Thread(target=write, args=(house, who, draft, ledger, random.Random(number)))
        for number, who in enumerate(desks)
    ]
    for one in work:
        one.start()
    for one in work:
        one.join()

    past, states = told_back(house, draft)

    assert ledger.faults == []
    assert len(past) > ROUNDS * len(desks) / 3
    assert states[0] == begun
    assert {one.seq: one.author.id for one in past} == {
        seq: ledger.asked[key][0].id for key, seq in ledger.accepted.items()
    }
    for key, seq in ledger.accepted.items():
        _, asked, seen = ledger.asked[key]
        changes, there = differing(states[seq - 1], states[seq]), injects(states[seq])
        if asked["do"] == "write_inject" and "id" not in asked["fields"] and seen is not None:
            for name, wanted in asked["fields"].items():
                # Who sent what he had found there has not written it.
                assert there[asked["inject"]][1][name] == wanted or seen.get(name) == wanted, (seq, name)
            for (ident, name), (replaced, _) in changes.items():
                assert (ident, name in asked["fields"]) == (asked["inject"], True), (seq, ident, name)
                assert replaced == seen.get(name), f"change {seq} wrote over what its author had not seen"
        elif asked["do"] in ("undo", "redo"):
            back = past[seq - 1].takes_back or 0
            was = differing(states[back], states[back - 1])
            assert changes == {place: pair for place, pair in was.items() if place in changes}, (seq, back)
        elif asked["do"] != "write_inject":
            assert {name for _, name in changes} <= {"next", "needs", "branch", "session", "at"}, (seq, asked)

    folders.write(tmp_path / "out", drafts.export(house.store, draft))
    again = drafts.draft_from(house.store, tmp_path / "out")
    assert drafts.export(house.store, again) == drafts.export(house.store, draft)
    assert not [one for one in drafts.findings(house.store, draft) if "cannot be read" in one.sentence]
