import json
from collections.abc import Mapping
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.scenario.asking import LANTERN
from ttx.scenario.changes import CHANGE, Changed, NotChanged, change, undone
from ttx.scenario.files import assembled


@st.composite
def requests(draw: st.DrawFn, texts: Mapping[str, str]) -> dict[str, Any]:
    """Something an author may ask for in these files, possible or not."""
    days = assembled(texts).data["days"]  # type: ignore[index]
    written_day = draw(st.sampled_from(days))
    there = [inject["id"] for one in days for inject in one["injects"]]
    one, other = draw(st.sampled_from(there)), draw(st.sampled_from(there))
    number = next(found["day"] for found in days if one in [inject["id"] for inject in found["injects"]])
    number_too = next(found["day"] for found in days if other in [inject["id"] for inject in found["injects"]])
    session = draw(st.sampled_from([session["id"] for session in written_day["sessions"]]))
    word = draw(st.sampled_from(["x", "a: b", "# c", "- d\n\n  e\n", "", "---", "1", "é😀", "x\ty"]))
    value = draw(st.sampled_from([word, [word], None, 5, {"text": word}, [{"id": "q1", "ask": word}]]))
    field = draw(
        st.sampled_from(["title", "text", "notes", "minutes", "questions", "map", "next", "kind", "storyline"])
    )
    fresh = draw(st.sampled_from(["N1", "N2", "N3"]))
    option = draw(st.sampled_from([None, "A", "C"]))
    where = {"inject": one, "day": number_too, "after": draw(st.sampled_from([other, None]))}
    asking: list[dict[str, Any]] = [
        {"do": "write_inject", "day": number, "inject": one, "fields": {field: value}},
        {"do": "write_inject", "day": number, "inject": one, "fields": {"id": fresh, field: value}},
        {"do": "add_inject", "day": number, "after": one, "fields": {"title": word}},
        {"do": "duplicate_inject", "inject": one},
        {"do": "delete_inject", "inject": one},
        {"do": "move_inject", **where},
        {"do": "connect", "source": one, "target": other, "option": option},
        {"do": "disconnect", "source": one, "target": other, "option": option},
        {"do": "write_day", "day": number, "fields": {"theme": value}},
        {"do": "add_day", "title": "T: t", "theme": "# t", "lead": "TFPP"},
        {"do": "delete_day", "day": number},
        {"do": "write_session", "day": written_day["day"], "session": session, "fields": {"id": fresh, "kind": value}},
        {"do": "add_session", "day": written_day["day"], "after": session},
        {"do": "move_session", "day": written_day["day"], "session": session},
        {
            "do": "write_session",
            "day": written_day["day"],
            "session": session,
            "fields": {"minutes": 40},
            "along": True,
        },
        {"do": "move_inject", **where, "session": session},
        {"do": "delete_session", "day": written_day["day"], "session": session},
        {"do": "write_head", "fields": {"rules": value, "summary": word}},
        {"do": "write_translation", "language": "fr", "address": f"{one}.title", "text": word},
    ]
    return draw(st.sampled_from(asking))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_any_changes_leave_the_folder_readable_and_undone_they_restore_the_very_bytes(data):
    texts: Mapping[str, str] = dict(LANTERN)
    past: list[tuple[Mapping[str, str], Changed]] = []
    for _ in range(6):
        try:
            done = change(texts, (), CHANGE.validate_python(data.draw(requests(texts))))
        except NotChanged:
            continue
        assert not assembled(done.texts).faults
        assert json.loads(json.dumps(done.touched))
        past.append((texts, done))
        texts = done.texts

    for before, done in reversed(past):
        texts = undone(texts, done.touched, done.splices).texts
        assert texts == before


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_a_change_keeps_every_comment_that_is_not_in_its_piece(data):
    request = data.draw(requests(LANTERN))
    try:
        done = change(LANTERN, (), CHANGE.validate_python(request))
    except NotChanged:
        return

    sections = [line for text in LANTERN.values() for line in text.splitlines() if line.lstrip().startswith("# ---")]
    kept = "\n".join(done.texts.values()).splitlines()
    assert request["do"] == "delete_day" or all(line in kept for line in sections)
