"""What programs rely on, line by line: the shape of an exercise, commands, keys, the log, reports, health."""

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.words import Served, refused, serving, told
from ttx.exercise.requests import Asked
from ttx.exercise.rights import RULES, Action
from ttx.scenario.roster import Role
from ttx.store.newest import Newest, tell
from ttx.web.access import GATES


@pytest.fixture
def begun(house: Served) -> Served:
    house.begun()
    return house


def utc(text: str) -> datetime:
    """A moment as the API writes it: ISO 8601, milliseconds, Z."""
    assert text.endswith("Z")
    assert len(text) == len("2026-11-22T10:42:00.000Z")
    return datetime.fromisoformat(text)


# GET /api/v1/exercises/ID


def test_a_lead_facilitator_reads_how_the_exercise_stands(begun: Served):
    now = begun.stands()

    assert list(now) == ["id", "title", "epoch", "seq", "status", "day", "released", "available"]
    assert (now["id"], now["title"], now["status"], now["day"]) == (
        begun.exercise, "Exercise Small Tide", "running", 1)  # fmt: skip
    first = now["released"][0]
    assert first["id"] == "D1-01"
    assert {"title", "text", "sender", "channel", "kind", "to", "questions", "objectives", "expected", "notes"} <= set(
        first
    )
    utc(first["released_at"])
    assert "D1-02" in [one["id"] for one in now["available"]]
    assert "D1-04A" not in [one["id"] for one in now["available"]]
    assert not any("released_at" in one for one in now["available"])


def test_a_head_reads_what_reached_the_delegation_and_nothing_of_the_run_of_show(begun: Served):
    now = begun.stands(begun.as_head())

    assert list(now) == ["id", "title", "epoch", "seq", "status", "day", "released", "available"]
    assert now["available"] == []
    assert {"id", "title", "sender", "channel", "text", "questions", "released_at"} == set(now["released"][0])
    assert now["released"][0]["questions"] == [
        {"id": "q1", "kind": "text", "ask": "What would your delegation do about q1?", "options": {},
         "low": now["released"][0]["questions"][0]["low"], "high": now["released"][0]["questions"][0]["high"]}
    ]  # fmt: skip


def test_a_table_facilitator_sees_what_is_coming_and_the_hall_does_not(begun: Served):
    table = begun.stands(begun.as_(Role.TABLE_FACILITATOR, None, "T1"))
    hall = begun.stands(begun.as_(Role.PROJECTOR))

    assert [one["id"] for one in table["available"]]
    assert hall["available"] == []
    assert all("questions" not in one for one in hall["released"])


def test_before_a_day_is_open_nothing_is_available(tmp_path: Path):
    with serving(tmp_path) as house:
        now = house.stands()

    assert (now["status"], now["day"], now["released"], now["available"]) == ("ready", None, [], [])


# Commands


def test_a_command_answers_with_the_seq_it_led_to(begun: Served):
    before = begun.stands()["seq"]

    reply = begun.command(begun.as_lead(), "announce", text="Good morning")

    assert told(200, reply) == {"seq": before + 1}
    assert begun.stands()["seq"] == before + 1


def test_what_is_impossible_now_is_refused_with_a_sentence_and_changes_nothing(begun: Served):
    before = begun.stands()["seq"]

    again = begun.command(begun.as_lead(), "release", inject="D1-01")
    too_early = begun.command(begun.as_lead(), "release", inject="D1-04A")
    unknown = begun.command(begun.as_lead(), "release", inject="D9-99")

    assert re.fullmatch(r"D1-01 is already released: .+ did it at \d\d:\d\d\.", refused(409, again))
    assert "not yet reachable" in refused(409, too_early)
    assert "D9-99" in refused(409, unknown)
    assert begun.stands()["seq"] == before


@pytest.mark.parametrize(
    "body, field",
    [
        ({}, "body"),
        ({"do": "fly"}, "body"),
        ({"do": "release"}, "release.inject"),
        ({"do": "release", "inject": ""}, "release.inject"),
        ({"do": "release", "inject": "D1-01", "when": "now"}, "release.when"),
        ({"do": "timer", "seconds": -1}, "timer.seconds"),
        ({"do": "timer", "seconds": "soon"}, "timer.seconds"),
        ({"do": "announce", "text": "x" * 2001}, "announce.text"),
        ({"do": "respond", "inject": "D1-01", "question": 1, "answer": {"scale": 9}}, "respond.answer.scale"),
        ({"do": "respond", "inject": "D1-01", "question": 1, "answer": {"tex": "x"}}, "respond.answer.tex"),
        ({"do": "respond", "inject": "D1-01", "question": 1}, "respond.answer"),
        ({"do": "add_inject", "title": "T", "text": "T", "channel": "pigeon"}, "add_inject.channel"),
    ],
)
def test_what_is_malformed_is_told_with_the_field(begun: Served, body: dict[str, object], field: str):
    reply = told(422, begun.as_lead().post(f"{begun.api}/commands", json=body))

    assert field in [fault["field"] for fault in reply["errors"]]
    assert field.rpartition(".")[2] in reply["refused"] or field == "body"
    assert all(fault["sentence"] for fault in reply["errors"])


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b'{"do": "announce", "text": "\\ud800"}'])
def test_a_body_that_is_no_request_is_malformed(begun: Served, body: bytes):
    refused(422, begun.as_lead().post(f"{begun.api}/commands", content=body))


ANSWERS: dict[str, tuple[str, str, dict[str, object]]] = {
    "text": ("D1-01", "q1", {"text": "We call the port", "reservation": "Ad referendum"}),
    "contacts": ("D1-02", "calls", {"contacts": [{"to": "IOM", "channel": "phone", "hours": 2, "basis": "MoU"}]}),
    "scale": ("D1-02", "sure", {"scale": 4}),
    "choice": ("D1-03", "port", {"choice": "A"}),
    "ranking": ("D1-05", "first", {"ranking": ["food", "care", "list"]}),
    "stance": ("D1-05", "first", {"stance": "no_instruction"}),
}


def test_every_kind_of_answer_is_taken_and_stands_in_the_log(tmp_path_factory: pytest.TempPathFactory):
    with serving(tmp_path_factory.mktemp("answers")) as house:
        house.begun()
        steps: list[tuple[str, dict[str, Any]]] = [
            ("release", {"inject": "D1-02"}),
            ("release", {"inject": "D1-03"}),
            ("choose", {"inject": "D1-03", "option": "A"}),
            ("release", {"inject": "D1-04A"}),
            ("release", {"inject": "D1-05"}),
        ]
        for verb, fields in steps:
            house.done(verb, **fields)

        seqs = {
            kind: house.done("respond", house.as_head(), inject=inject, question=question, answer=answer)
            for kind, (inject, question, answer) in ANSWERS.items()
        }
        by_number = house.done(
            "respond", house.as_head(), inject="D1-02", question=2, answer={"stance": "not_applicable"}
        )
        log = {one["seq"]: one for one in told(200, house.as_lead().get(f"{house.api}/log"))["entries"]}

        for kind, (inject, question, answer) in ANSWERS.items():
            body = log[seqs[kind]]["body"]
            assert (body["inject"], body["question"], body["delegation"]) == (inject, question, "Kestria")
            assert {name: body["answer"][name] for name in answer} == answer
        assert log[by_number]["body"]["question"] == "sure"
        misfit = house.command(house.as_head(), "respond", inject="D1-03", question=1, answer={"choice": "Z"})
        assert "takes" in refused(409, misfit)


def test_a_table_cannot_answer_what_it_has_not_been_told(begun: Served):
    for inject in ("D1-04A", "D9-99"):
        sentence = refused(
            409, begun.command(begun.as_head(), "respond", inject=inject, question=1, answer={"text": "X"})
        )

        assert sentence == f"There is no development {inject} on your screen to answer."


# Idempotency-Key


def test_the_same_key_with_the_same_body_is_done_once(begun: Served):
    lead = begun.as_lead()

    first = told(200, begun.command(lead, "announce", "key-1", text="Once"))
    begun.done("announce", text="Something else meanwhile")
    again = told(200, begun.command(lead, "announce", "key-1", text="Once"))

    assert again == first
    assert begun.stands()["seq"] == first["seq"] + 1


def test_the_same_key_with_another_body_is_refused(begun: Served):
    told(200, begun.command(begun.as_lead(), "announce", "key-2", text="This"))
    before = begun.stands()["seq"]

    sentence = refused(409, begun.command(begun.as_lead(), "announce", "key-2", text="That"))

    assert "key-2" in sentence
    assert begun.stands()["seq"] == before


def test_the_same_key_from_another_seat_is_refused(begun: Served):
    told(200, begun.answer(begun.as_head(), "The same words", "key-3"))

    refused(409, begun.answer(begun.as_head("tamarinda"), "The same words", "key-3"))


def test_a_refused_command_leaves_its_key_free(begun: Served):
    refused(409, begun.command(begun.as_lead(), "resume", "key-4"))

    told(200, begun.command(begun.as_lead(), "announce", "key-4", text="Now it goes"))


def test_a_key_that_comes_many_times_at_once_is_done_once(begun: Served):
    lead = begun.as_lead()
    with ThreadPoolExecutor(8) as at_once:
        replies = list(at_once.map(lambda _: begun.command(lead, "announce", "key-5", text="Hurry"), range(16)))

    assert {reply.status_code for reply in replies} == {200}
    assert len({reply.json()["seq"] for reply in replies}) == 1


def test_what_was_asked_of_another_history_waits_until_its_page_has_read_this_one(begun: Served):
    head, stands = begun.as_head(), begun.stands()
    body = {"do": "respond", "inject": "D1-01", "question": 1, "answer": {"text": "Before the backup"}}

    def asks(epoch: str) -> httpx.Response:
        headers = {"idempotency-key": "key-9", "ttx-epoch": epoch}
        return head.post(f"{begun.api}/commands", json=body, headers=headers)

    early = asks("another")

    assert (early.status_code, early.json()) == (425, {"resync": stands["epoch"]})
    assert begun.stands()["seq"] == stands["seq"]
    assert told(200, asks(stands["epoch"])) == {"seq": stands["seq"] + 1}


def test_an_empty_key_is_none(begun: Served):
    first, second = (told(200, begun.command(begun.as_lead(), "announce", "", text=text)) for text in ("A", "B"))

    assert second["seq"] == first["seq"] + 1


def test_nobody_can_use_the_clocks_own_keys(begun: Served):
    seq = begun.done("timer", seconds=3600)

    sentence = refused(409, begun.answer(begun.as_head(), "Mine", f"auto:timer:{seq}"))

    assert "auto:" in sentence
    begun.done("timer", seconds=0)


def test_a_form_takes_a_key_too(begun: Served):
    lead = begun.as_lead()
    sent = {"data": {"do": "announce", "text": "By form"}, "headers": {"idempotency-key": "key-6"}}

    first, again = (told(200, lead.post(f"{lead.page}/do", **sent)) for _ in range(2))  # type: ignore[arg-type]

    assert again == first


# The log


def entries(house: Served, **asked: int) -> list[dict[str, object]]:
    found: list[dict[str, object]] = told(200, house.as_lead().get(f"{house.api}/log", params=asked))["entries"]
    return found


def test_the_log_is_read_in_order_and_in_pieces(begun: Served):
    begun.done("announce", text="One more")
    everything = entries(begun)

    assert [one["seq"] for one in everything] == list(range(1, begun.stands()["seq"] + 1))
    assert [set(one) for one in everything] == [{"seq", "at", "kind", "seat", "body"}] * len(everything)
    assert (everything[0]["kind"], everything[0]["seat"]) == ("ExerciseCreated", None)
    assert everything[-1]["body"] == {"text": "One more"}
    assert everything[-1]["seat"] == begun.as_lead().seat.id
    moments = [utc(str(one["at"])) for one in everything]
    assert moments == sorted(moments)
    assert entries(begun, after=2, limit=1) == everything[2:3]
    assert entries(begun, after=len(everything)) == []
    assert entries(begun, after=10**15) == []


@pytest.mark.parametrize("asked", ["after=-1", "after=x", "limit=0", "limit=10001", "after=99999999999999999999"])
def test_a_piece_that_cannot_be_is_malformed(begun: Served, asked: str):
    assert asked.partition("=")[0] in refused(422, begun.as_lead().get(f"{begun.api}/log?{asked}"))


@pytest.mark.parametrize("role", [role for role in Role if role not in RULES[Action.READ_LOG]])
def test_the_log_is_not_for(begun: Served, role: Role):
    assert "may not read the log" in refused(403, begun.as_(role).get(f"{begun.api}/log"))


# What it says of itself


def test_openapi_holds_every_path_of_the_api(house: Served):
    schema = told(200, house.device().get("/api/v1/openapi.json"))

    paths = {f"{method.upper()} {path}" for path, methods in schema["paths"].items() for method in methods}
    wanted = {gate for gate in GATES if "/api/v1/" in gate and "openapi" not in gate}
    assert paths == wanted
    command = schema["paths"]["/api/v1/exercises/{exercise}/commands"]["post"]
    assert "idempotency-key" in [one["name"] for one in command["parameters"]]
    asked = command["requestBody"]["content"]["application/json"]["schema"]
    assert len(asked["oneOf"]) == len(Asked.__args__)


def test_every_reference_in_openapi_leads_somewhere(house: Served):
    schema = told(200, house.device().get("/api/v1/openapi.json"))

    def references(part: object) -> Iterator[str]:
        if isinstance(part, dict):
            yield from (str(part["$ref"]) for _ in [0] if isinstance(part.get("$ref"), str))
            for inner in part.values():
                yield from references(inner)
        elif isinstance(part, list):
            for inner in part:
                yield from references(inner)

    def leads(reference: str) -> bool:
        here = schema
        for step in reference.removeprefix("#/").split("/"):
            if step not in here:
                return False
            here = here[step]
        return True

    assert [one for one in set(references(schema)) if not leads(one)] == []


def test_it_is_alive_and_ready(house: Served):
    assert told(200, house.device().get("/healthz")) == {"alive": True}
    assert told(200, house.device().get("/readyz")) == {"ready": True}


def test_a_snapshot_that_is_late_is_told_by_readiness_and_figures(house: Served):
    directory, device = house.store.directory, house.device()
    assert "ttx_snapshot" not in device.get("/metrics").text

    tell(directory, Newest(time.time() - 5, 4096, True, 60))
    assert told(200, device.get("/readyz")) == {"ready": True}
    assert 5 <= house.figure("ttx_snapshot_age_seconds") < 60
    assert house.figure("ttx_snapshot_bytes") == 4096
    tell(directory, Newest(time.time() - 1000, 4096, True, 60))
    late = told(200, device.get("/readyz"))
    assert late["ready"]
    assert late["late"].startswith("The newest snapshot is 17 minutes old")


def test_its_figures_are_readable_and_name_nobody(begun: Served):
    text = begun.device().get("/metrics").text

    lines = [line for line in text.splitlines() if not line.startswith("#")]
    types = {line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")}
    assert {line.split()[0] for line in lines} >= {"ttx_rooms", "ttx_sockets", "ttx_entries", "ttx_recording"}
    assert all(float(line.split()[1]) >= 0 for line in lines)
    assert {re.sub(r"(_bucket|_sum|_count)?([{].*)?$", "", line.split()[0]) for line in lines} <= types
    assert begun.exercise not in text
    assert "Kestria" not in text
