"""T3SF's MSEL: who gets what and when, polls, pictures, and what is left out."""

from tests.scenario.formats import peers


def test_each_record_becomes_an_inject_of_its_player() -> None:
    found, scenario = peers.read(peers.t3sf(), "Night boat.json")
    assert (found.format, found.rows, found.injects) == ("T3SF MSEL", 5, 5)
    assert found.mapping["Script"] == "text"
    first = scenario.days[0].injects[0]
    assert (first.id, first.title, first.sender, first.text) == (
        "D1-01",
        "Boat in distress",
        "Harbour master",
        "A boat calls.",
    )
    assert [scenario.groups[ident].name for ident in first.to.groups] == ["Coast guard"]
    assert peers.told(found.guessed, "Players became working groups")


def test_the_real_time_is_when_it_comes_and_the_date_is_the_storys() -> None:
    _, scenario = peers.read(peers.t3sf())
    (day,) = scenario.days
    assert [inject.at for inject in day.injects] == ["22:40", "23:10", "23:55", "00:20", "00:20"]
    assert "Monday 9:00 AM" in day.injects[0].notes


def test_a_time_that_goes_back_to_the_morning_begins_a_day() -> None:
    rows = [{**row, "Real Time": time} for row, time in zip(peers.t3sf(), ("9:00", "15:00", "9:00", "9:30", "8:00"),
                                                            strict=True)]  # fmt: skip
    found, scenario = peers.read(rows)
    assert [[one.at for one in day.injects] for day in scenario.days] == [
        ["09:00", "15:00"],
        ["09:00", "09:30", "09:30"],
    ]
    assert peers.told(found.guessed, "goes back", "5")


def test_a_poll_is_a_single_choice() -> None:
    _, scenario = peers.read(peers.t3sf())
    (question,) = peers.injects(scenario)["Which port?"].questions
    assert dict(question.options) == {"A": "Ellory", "B": "None yet"}


def test_pictures_are_not_fetched_and_named() -> None:
    found, scenario = peers.read(peers.t3sf())
    assert peers.told(found.left_out, "'Photo'", "/2")
    assert peers.told(found.left_out, "'Profile'", "/0")
    assert "https://pictures.example.org/deck.png" in peers.injects(scenario)["Photograph"].notes


def test_an_unknown_field_is_left_out_by_name_and_place() -> None:
    rows = peers.t3sf()
    rows[3]["Mood"] = "calm"
    found, _ = peers.read([*rows, "a line"])
    assert peers.told(found.left_out, "'Mood'", "'calm'", "/3")
    assert peers.told(found.left_out, "'a line'", "/5")
    assert (found.rows, found.injects) == (6, 5)


def test_without_times_injects_come_a_quarter_of_an_hour_apart() -> None:
    found, scenario = peers.read([{**row, "Real Time": ""} for row in peers.t3sf()])
    assert [inject.at for inject in scenario.days[0].injects][:3] == ["09:00", "09:15", "09:30"]
    assert peers.told(found.guessed, "quarter of an hour")
