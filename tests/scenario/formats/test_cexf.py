"""CEXF: the order of the flow, times, payloads, requirements, and what is left out."""

from tests.scenario.formats import peers


def test_the_flow_says_the_order() -> None:
    found, scenario = peers.read(peers.cexf())
    assert (found.format, found.rows, found.injects) == ("MISP CEXF exercise", 3, 3)
    assert [one.title for one in scenario.days[0].injects] == ["A message", "A probe", "In reserve"]


def test_injects_are_spread_over_the_duration() -> None:
    found, scenario = peers.read(peers.cexf())
    assert [one.at for one in scenario.days[0].injects[:2]] == ["09:00", "10:00"]
    assert peers.told(found.guessed, "120 minutes")


def test_a_step_comes_when_it_says() -> None:
    data = peers.cexf()
    data["inject_flow"][0]["timing"]["triggered_at"] = "93600"
    _, scenario = peers.read(data)
    assert [[one.title for one in day.injects if not one.reserve] for day in scenario.days] == [
        ["A message"],
        ["A probe"],
    ]
    assert scenario.days[1].injects[0].at == "11:00"


def test_a_payload_in_base64_is_the_text() -> None:
    _, scenario = peers.read(peers.cexf())
    assert peers.injects(scenario)["A message"].text == "Deär desk,\nsee these papers."
    assert "destination: mail" in peers.injects(scenario)["A probe"].notes


def test_a_payload_that_is_no_text_is_named() -> None:
    data = peers.cexf()
    data["inject_payloads"][0]["parameters"]["content"] = "AAECAwT/"
    found, scenario = peers.read(data)
    assert peers.told(found.left_out, "no text", "message")
    assert peers.injects(scenario)["A message"].text == "First a message."


def test_requirements_are_needs_and_results_are_expected() -> None:
    _, scenario = peers.read(peers.cexf())
    by_title = peers.injects(scenario)
    assert by_title["A message"].expected == ("Reported",)
    assert by_title["A probe"].needs == (by_title["A message"].id,)


def test_what_is_not_in_the_flow_is_held_in_reserve() -> None:
    _, scenario = peers.read(peers.cexf())
    assert peers.injects(scenario)["In reserve"].reserve


def test_evaluations_triggers_and_meta_are_left_out_by_place() -> None:
    found, _ = peers.read(peers.cexf())
    assert peers.told(found.left_out, "'score_range'", "/injects/1/inject_evaluation/0")
    assert peers.told(found.left_out, "time_expiration", "/inject_flow/0")
    assert peers.told(found.left_out, "'meta'", "/exercise")
