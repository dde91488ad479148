"""The questions a director asks, each answered from the whole scenario."""

from tests.exercise.words import days, tells
from tests.scenario.test_graph import graph_of
from tests.words import Written, inject, small_scenario
from ttx.scenario.survey import Survey, survey, where
from ttx.scenario.translations import digest


def surveyed(data: Written) -> Survey:
    return survey(graph_of(data))


def said_about(about: str, found: Survey) -> list[str]:
    return [remark.sentence for remark in found.remarks if remark.about == about]


def test_every_inject_says_where_it_lies() -> None:
    found = surveyed(small_scenario())

    assert where(found.places["D1-05"]) == "on every path"
    assert where(found.places["D1-04B"]) == "only if D1-03 goes B"
    assert where(found.places.get("D1-09")) == "on no path"


def test_a_day_is_as_long_as_its_shortest_and_longest_path() -> None:
    data = small_scenario()
    inject(data, "D1-04B")["minutes"] = 35

    day, _ = surveyed(data).days

    assert (day.minutes.least, day.minutes.most, day.agenda) == (100, 115, 150)
    assert (day.minutes.least_when, day.decisions) == ((("D1-03", "A"),), ("D1-03",))
    assert [(one.id, one.agenda, one.minutes.most) for one in day.sessions] == [("picture", 60, 40), ("rescue", 90, 75)]


def test_a_session_that_its_longest_path_overfills_is_remarked_on_as_a_fault() -> None:
    data = small_scenario()
    inject(data, "D1-04B")["minutes"] = 60

    (remark,) = [one for one in surveyed(data).remarks if one.about == "lengths" and one.sure]

    assert remark.sentence == (
        "Session 'Search and rescue' of day 1 has 90 minutes, and its injects need 100 on its longest path."
    )


def test_a_day_without_a_decision_is_remarked_on() -> None:
    assert said_about("lengths", surveyed(small_scenario())) == ["Day 2 has no decision: it goes one way only."]


def test_what_no_path_exercises_is_told_apart_from_what_some_miss() -> None:
    data = small_scenario()
    data["capabilities"]["C3"] = {"name": "Reception"}
    inject(data, "D1-04B")["capabilities"] = ["C2"]

    assert said_about("coverage", surveyed(data)) == [
        "Capability C2, Screening, is missed when D1-03 goes A.",
        "Capability C3, Reception, is exercised by no inject on any path.",
    ]


def test_an_inject_that_no_path_tells_is_a_fault_and_the_reserve_is_none() -> None:
    data = small_scenario()
    inject(data, "D2-02")["when"] = "delay_h == 48 and port == Ellory"

    found = surveyed(data)

    assert found.untold == ("D2-02",)
    assert [(one.sentence, one.inject, one.day) for one in found.remarks if one.sure and one.about == "paths"] == [
        ("D2-02 is told on no path.", "D2-02", 2)
    ]


def test_an_inject_that_asks_nothing_and_leads_nowhere_is_remarked_on() -> None:
    graph = days([tells("A"), tells("B")])

    found = survey(graph)

    assert found.idle == ("B",)
    assert "B asks nothing, and nothing follows it or needs it." in said_about("paths", found)


def test_texts_that_are_missing_or_stale_are_counted_for_each_language() -> None:
    data = small_scenario()
    fresh = {"of": digest("Exercise Small Tide"), "text": "Exercice Petite Marée"}
    data["translations"] = {"fr": {"title": fresh, "days": fresh, "summary": {"of": "00000000", "text": "Un bateau"}}}

    found = surveyed(data)

    (french,) = found.languages
    assert (french.stale, french.missing) == (1, french.texts - 2)
    (sentence,) = said_about("languages", found)
    assert sentence.startswith(f"In 'fr', {french.missing} of {french.texts} texts have no translation")
    assert sentence.endswith(" and 1 changed since they were translated.")


def test_three_hundred_injects_are_surveyed_while_one_waits() -> None:
    written = [[tells(f"D{day}-{number:02}") for number in range(60)] for day in range(1, 6)]
    graph = days(*written)

    assert len(survey(graph).places) == 300  # 0.02 s; each path by itself would never end


def test_a_decision_of_each_table_is_one_choice_a_path_and_that_is_said() -> None:
    data = small_scenario()
    inject(data, "D1-03")["branch"]["by"] = "each_table"

    found = surveyed(data)

    assert found.paths == surveyed(small_scenario()).paths
    assert "Each table decides D1-03 for itself; a path here is the way of one table." in said_about("paths", found)
