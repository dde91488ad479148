from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.scenario.layouts import AS_JSON, BY_HAND, DAY, FORMS, values
from tests.words import small_scenario, told_scenario
from ttx.scenario import folders
from ttx.scenario.checks import check
from ttx.scenario.files import assembled, read
from ttx.scenario.findings import Faulty
from ttx.scenario.material import Location, exact, look, parse
from ttx.scenario.spans import line_start, spans, way
from ttx.scenario.writing import carried, edited, inserted, moved, removed, renamed, rewritten, without, written

SCENARIOS = Path(__file__).parents[2] / "scenarios"
forms = st.sampled_from(list(FORMS.values()))
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def ways(piece: object, location: Location = ()) -> list[Location]:
    """Every location in plain data but that of the whole."""
    items = piece.items() if isinstance(piece, dict) else enumerate(piece) if isinstance(piece, list) else ()
    found = [((*location, key), below) for key, below in items]
    return [at for at, _ in found] + [deep for at, below in found for deep in ways(below, at)]


def said(text: str) -> Any:
    return parse(text, DAY).data


def put(data: Any, location: Location, value: object) -> Any:
    """The data with another value at this location."""
    look(data, location[:-1])[location[-1]] = value  # type: ignore[index]
    return data


def outside(text: str, location: Location) -> tuple[str, str]:
    """The lines above and below the piece at this location."""
    bare = text.removeprefix("\ufeff")
    span, index = way(spans(bare), location)[-1]
    entry = span.entries[index]
    below = bare.find("\n", entry.value.end)
    return text[: len(text) - len(bare)] + bare[: line_start(bare, entry.start)], bare[below:] if below >= 0 else ""


def comments(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip().startswith("#")]


# A whole scenario


def test_a_scenario_is_written_the_way_an_author_writes_it():
    files = written(small_scenario())

    assert files[DAY].startswith(
        """\
day: 1
title: At sea
theme: Early warning and rescue
lead: SEA

sessions:
  - {id: picture, title: One picture, start: "09:00", minutes: 60}
  - {id: coffee, title: Coffee, start: "10:00", minutes: 15, kind: break}
  - {id: rescue, title: Search and rescue, start: "10:15", minutes: 90}
  - id: talk
    title: What the sea asks
    start: "11:45"
    minutes: 30
    kind: panel
    speakers:
      - {name: Ines Maro, role: Harbour master, topic: A berth in a storm}

injects:
  - id: D1-01
    kind: contextual
    title: Crossings double
    at: "09:00"
    minutes: 20
    session: picture
    to: all
    sender: Coast guard of Orrin
    channel: radio
    text: |-
      Crossings double.
      EXERCISE EXERCISE EXERCISE
    objectives: [O1]
    capabilities: [C1]
    storyline: boat
"""
    )
    assert "          set: {port: Ellory}\n" in files[DAY]
    assert "      - {do: move, token: pallas, route: crossing}\n" in files[DAY]
    assert "\nvariables:\n  port:\n    start: undecided\n" in files["scenario.yaml"]
    assert '\nversion: "1"\n' in files["scenario.yaml"]


@pytest.mark.parametrize("name", sorted(path.name for path in SCENARIOS.iterdir() if path.is_dir()))
def test_a_shipped_scenario_written_anew_says_the_same(name, tmp_path):
    folder = read(SCENARIOS / name)

    files = written(folder.data)  # type: ignore[arg-type]

    assert exact(assembled(files).data, True) == exact(folder.data, True)


def test_words_that_other_readers_take_for_something_else_stand_in_quotes():
    for word in ("yes", "No", "09:30", "2026-11-22", "12", "1e3", "null"):
        assert f'\ntheme: "{word}"\n' in written({"days": [{"day": 1, "theme": word}]})[DAY]


def test_a_long_summary_is_folded_and_no_other_line_is():
    long = "word " * 30 + "end"

    head = written(small_scenario() | {"summary": long, "rules": [long]})["scenario.yaml"]

    assert "summary: >-\n  word word" in head
    assert f"rules:\n  - {long}\n" in head


def test_translations_are_written_into_files_of_their_own():
    data = small_scenario() | {"translations": {"fr": {"D1-01.title": {"of": "00c0ffee", "text": "Un: titre"}}}}

    files = written(data)

    assert files["translations/fr.yaml"] == 'D1-01.title:\n  of: "00c0ffee"\n  text: "Un: titre"\n'
    assert assembled(files).data == data


@QUICK
@given(st.data())
def test_whatever_the_texts_are_what_is_written_is_read_again(data):
    scenario = told_scenario()
    for _ in range(4):
        at = data.draw(st.sampled_from([at for at in ways(scenario) if at != ("days",) and at[-1] != "day"]))
        if look(scenario, at) is not None and len(at) > 2:
            put(scenario, at, data.draw(values))

    assert exact(assembled(written(scenario)).data, True) == exact(scenario, True)


def test_what_no_file_can_hold_is_refused_with_a_sentence():
    scenario = small_scenario()
    scenario["title"] = "a bell \x07"
    with pytest.raises(Faulty, match="control character"):
        written(scenario)

    scenario["title"] = {1, 2}
    with pytest.raises(ValueError, match="cannot be written"):
        written(scenario)


@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_exporting_a_folder_and_importing_it_are_inverses(data, tmp_path_factory):
    files = written(told_scenario()) | {DAY: data.draw(forms)}
    if not data.draw(st.booleans()):
        files["translations/fr.yaml"] = "# à faire\r\n{}"
    taken = folders.Contents(files, {})
    folder = tmp_path_factory.mktemp("exported") / "scenario"

    folders.write(folder, taken)

    kept = folders.contents(folder)
    assert {name: text.removeprefix("\ufeff") for name, text in kept.texts.items()} == {
        name: text.removeprefix("\ufeff") for name, text in files.items()
    }


# One piece


@QUICK
@given(forms, st.data())
def test_an_edited_text_says_what_it_said_but_for_the_piece_and_no_other_line_changes(text, data):
    at = data.draw(st.sampled_from(ways(said(text))))
    value = data.draw(values.filter(lambda value: value is not None))

    after = edited(text, DAY, at, value)

    assert exact(said(after), True) == exact(put(said(text), at, value), True)
    above, below = outside(text, at)
    assert after.startswith(above)
    assert after.rstrip("\n").endswith(below.rstrip("\n"))


@QUICK
@given(st.sampled_from([BY_HAND, FORMS["with the line ends of Windows"]]), st.data())
def test_a_piece_taken_out_leaves_every_comment_around_it(text, data):
    at = data.draw(st.sampled_from([at for at in ways(said(text)) if len(at) < 3]))
    above, below = outside(text, at)

    after = removed(text, DAY, at)

    wanted = said(text)
    del look(wanted, at[:-1])[at[-1]]  # type: ignore[attr-defined]
    assert exact(said(after), True) == exact(wanted, True)
    # What is indented deeper than a piece and stands below it is its own.
    kept = [line for line in comments(above) + comments(below) if line != "# A's last word"]
    assert [line for line in comments(after) if line in kept] == kept


@QUICK
@given(forms, st.data())
def test_an_item_put_into_a_list_stands_there_and_everything_else_stays(text, data):
    before = said(text)
    at = data.draw(st.sampled_from([at for at in ways(before) if isinstance(look(before, at), list)]))
    items = list(look(before, at))  # type: ignore[call-overload]
    index, value = data.draw(st.integers(0, len(items))), data.draw(values)

    after = inserted(text, DAY, at, index, value)

    assert exact(said(after), True) == exact(put(before, at, [*items[:index], value, *items[index:]]), True)
    assert [line for line in comments(after) if line in comments(text)] == comments(text)


@QUICK
@given(forms, st.data())
def test_an_item_moved_in_its_list_takes_its_own_lines_along(text, data):
    at = data.draw(st.sampled_from([("sessions",), ("injects",)]))
    items = list(look(said(text), at))  # type: ignore[call-overload]
    index, to = (data.draw(st.integers(0, len(items) - 1)) for _ in range(2))

    after = moved(text, DAY, at, index, to)

    rest = [*items[:index], *items[index + 1 :]]
    assert said(after) == put(said(text), at, [*rest[:to], items[index], *rest[to:]])
    assert sorted(comments(after)) == sorted(comments(text))


def test_one_field_changes_one_line():
    after = edited(BY_HAND, DAY, ("injects", 0), said(BY_HAND)["injects"][0] | {"minutes": 30})

    assert after == BY_HAND.replace("minutes: 25  # the", "minutes: 30  # the")


def test_new_lines_end_as_the_others_of_their_file_do():
    text = BY_HAND.replace("\n", "\r\n")

    after = edited(text, DAY, ("injects", 0, "text"), "one\n\ntwo")
    after = inserted(after, DAY, ("injects",), 1, {"id": "D", "text": "x\ny"})

    assert after.count("\n") == after.count("\r\n") > text.count("\n")


def test_comments_within_a_piece_stay_with_their_fields():
    piece = said(BY_HAND)["injects"][0]
    del piece["objectives"]
    piece |= {"text": "Other\nwords", "sender": "Coast guard"}

    after = edited(BY_HAND, DAY, ("injects", 0), piece)

    assert (
        """\
    minutes: 25  # the ministry is slow
    sender: Coast guard
    text: |-  # by the coast guard
      Other
      words
    # A's last word
# --- Session 2 ---
"""
        in after
    )
    assert "# why these two" not in after


def test_a_question_put_before_others_leaves_their_lines_alone():
    text = written(small_scenario())[DAY].replace("      - id: calls\n", "      # the network\n      - id: calls\n")
    piece = said(text)["injects"][1]
    piece["questions"] = [{"id": "new", "ask": "What else?"}, *piece["questions"]]

    after = edited(text, DAY, ("injects", 1), piece)

    assert after == text.replace("      - id: calls\n", "      - id: new\n        ask: What else?\n      - id: calls\n")


def test_options_in_another_order_keep_their_comments():
    text = written(small_scenario())[DAY].replace("        A:\n", "        # the near port\n        A:\n")
    piece = said(text)["injects"][2]
    options = piece["branch"]["options"]
    piece["branch"]["options"] = {"B": options["B"], "A": options["A"]}

    after = edited(text, DAY, ("injects", 2), piece)

    assert list(said(after)["injects"][2]["branch"]["options"]) == ["B", "A"]
    assert after.index("        B:\n") < after.index("        # the near port\n        A:\n")


def test_items_in_another_order_leave_the_comments_to_those_that_stay():
    text = "injects:\n# --- one\n- id: A\n  # of A\n- id: B\n\n# --- two\n- id: C\n- id: D\n"

    after = edited(text, DAY, ("injects",), [{"id": ident} for ident in "BDAC"])

    assert after == "injects:\n# --- one\n- id: B\n- id: D\n- id: A\n  # of A\n\n# --- two\n- id: C\n"
    assert edited(after, DAY, ("injects",), said(after)["injects"]) == after


def test_fields_get_other_names_where_they_stand():
    text = "# all\na.x: {of: '1'}  # first\n\n# second\nb.x:\n  of: '2'\nc: 3\n"

    assert renamed(text, "translations/fr.yaml", {"a.x": "z.x", "c": "no"}) == text.replace("a.x", "z.x").replace(
        "c: 3", '"no": 3'
    )


def test_fields_taken_out_together_leave_the_others_lines():
    text = "# all\na: 1\nb: 2  # second\n\n# third\nc: 3\nd: 4\n"

    assert without(text, "translations/fr.yaml", {"b", "d"}) == "# all\na: 1\n\n# third\nc: 3\n"
    assert without(text, "translations/fr.yaml", {"a", "b", "c"}) == "# all\nd: 4\n"
    assert without("{a: 1, b: 2, c: 3}\n", "translations/fr.yaml", {"a", "c"}) == "{b: 2}\n"


def test_several_pieces_are_set_at_once():
    text = "injects:\n- {id: A, at: '09:00'}  # first\n- id: B\n  at: '10:00'  # second\n"

    after = rewritten(text, DAY, {("injects", 0, "at"): "09:05", ("injects", 1, "at"): "10:05"})

    assert after == text.replace("'09:00'", '"09:05"').replace("'10:00'", '"10:05"')


def test_an_inject_put_in_stands_above_the_comment_that_leads_the_next_session():
    text = written(small_scenario())[DAY].replace("  - id: D1-03\n", "  # --- Rescue ---\n  - id: D1-03\n")

    after = inserted(text, DAY, ("injects",), 2, {"id": "D1-02B", "title": "New"})

    assert after == text.replace("  # --- Rescue", "  - id: D1-02B\n    title: New\n\n  # --- Rescue")


def test_an_empty_list_takes_a_first_inject():
    text = "day: 1\ninjects: []   # to come\nlead: SEA\n"

    after = inserted(text, DAY, ("injects",), 0, {"id": "A", "text": "x\ny"})

    assert after == "day: 1\ninjects:  # to come\n  - id: A\n    text: |-\n      x\n      y\nlead: SEA\n"


def test_a_list_that_is_not_there_is_made():
    after = inserted("day: 1\nlead: SEA", DAY, ("sessions",), 0, {"id": "s1", "title": "One"})

    assert after == "day: 1\nlead: SEA\n\nsessions:\n  - {id: s1, title: One}"


def test_the_last_inject_taken_out_leaves_the_comments_of_the_list():
    text = "day: 1\n\ninjects:\n  # --- One ---\n  - id: A\n    text: x\n\n  # --- Two ---\n"

    assert removed(text, DAY, ("injects", 0)) == "day: 1\n\ninjects: []\n  # --- One ---\n\n  # --- Two ---\n"


def test_an_inject_is_carried_to_another_file_with_its_comments():
    into = "day: 2\ninjects:\n  - id: X\n\n  # --- Later ---\n  - id: Y\n"

    after = carried(BY_HAND, DAY, ("injects", 0), into, "day-2.yaml", ("injects",), 1)

    assert "  - id: X\n\n  -   id: A\n      title: A boat\n      minutes: 25  # the ministry is slow\n" in after
    assert "        Hello: # no comment\n\n          - more\n" in after
    assert after.endswith("      # A's last word\n\n  # --- Later ---\n  - id: Y\n")
    assert parse(after, "day-2.yaml").data["injects"][1] == said(BY_HAND)["injects"][0]  # type: ignore[index]


def test_a_json_file_stays_one():
    after = inserted(AS_JSON, DAY, ("injects",), 1, {"id": "AB", "title": "x"})

    assert after == AS_JSON.replace(
        '    },\n    {\n      "id": "B"', '    },\n    {id: AB, title: x},\n    {\n      "id": "B"'
    )


def test_a_long_line_that_nobody_edited_is_never_folded():
    text = f"day: 1\ntheme: {'so long ' * 100}end\ntitle: x\n"

    assert edited(text, DAY, ("title",), "z") == text.replace("title: x", "title: z")


def test_what_cannot_be_read_or_is_not_there_is_refused():
    with pytest.raises(Faulty, match="cannot be read beyond line 1"):
        edited("a: [", DAY, ("a",), 1)
    with pytest.raises(LookupError):
        edited("a: 1\n", DAY, ("injects", 3, "title"), "x")
    with pytest.raises(Faulty, match="control character"):
        edited("a: 1\n", DAY, ("a",), "\x00")


def test_a_shipped_scenario_edited_in_every_inject_still_passes(tmp_path):
    contents = folders.contents(SCENARIOS / "lantern-tide")
    files = dict(contents.texts)
    text = files["day-2.yaml"]
    for number in range(len(parse(text, "day-2.yaml").data["injects"])):  # type: ignore[index]
        text = edited(text, "day-2.yaml", ("injects", number, "minutes"), 11)

    folders.write(tmp_path / "out", folders.Contents(files | {"day-2.yaml": text}, contents.pictures))

    assert sum(1 for line in text.splitlines() if line == "    minutes: 11") > 8
    assert comments(text) == comments(files["day-2.yaml"])
    assert not [finding for finding in check(tmp_path / "out") if finding.severity == "error"]
