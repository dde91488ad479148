"""IcebergTTX' scenario: options become branches, teams groups, and what leads nowhere is told."""

from tests.scenario.formats import peers


def test_options_become_a_branch_whose_ways_meet() -> None:
    found, scenario = peers.read(peers.iceberg())
    assert (found.format, found.rows, found.injects) == ("IcebergTTX scenario", 5, 5)
    by_title = peers.injects(scenario)
    branch = by_title["A call"].branch
    assert by_title["A call"].kind == "decision"
    assert branch is not None
    assert {option.label: option.next for option in branch.options.values()} == {
        "Send a cutter": "cutter",
        "Wait": "drift",
        "Refuse": "end",
    }
    assert by_title["The cutter sails"].next == by_title["The boat drifts"].next == ("landing",)


def test_ways_that_end_and_the_debriefing_notes_meet_in_a_debriefing() -> None:
    found, scenario = peers.read(peers.iceberg())
    last = scenario.days[0].injects[-1]
    assert (last.kind, last.notes, last.next) == ("facilitation", "Ask who decided.", ())
    assert peers.told(found.guessed, "Debriefing")


def test_what_nothing_leads_to_is_held_in_reserve() -> None:
    found, scenario = peers.read(peers.iceberg())
    assert peers.injects(scenario)["A second boat"].reserve
    assert peers.told(found.guessed, "reserve", "spare")


def test_teams_become_groups_by_ids_that_fit() -> None:
    _, scenario = peers.read(peers.iceberg())
    assert peers.injects(scenario)["A call"].to.groups == ("sea_desk",)
    assert peers.injects(scenario)["The boat drifts"].to.all
    assert {ident: group.name for ident, group in scenario.groups.items()} == {
        "LEAD": "Leading group",
        "sea_desk": "Sea desk",
        "Legal": "Legal",
    }


def test_messages_stand_in_the_text_or_the_notes() -> None:
    _, scenario = peers.read(peers.iceberg())
    landing = peers.injects(scenario)["The landing"]
    assert "How many?" in landing.text
    assert "We landed them." in landing.notes
    assert "We landed them." not in landing.text
    assert "60 seconds" in landing.notes


def test_expected_actions_and_the_duration_are_taken() -> None:
    _, scenario = peers.read(peers.iceberg())
    cutter = peers.injects(scenario)["The cutter sails"]
    assert cutter.expected == ("Tell the port", "Log it")
    assert (cutter.at, cutter.minutes) == ("09:27", 27)


def test_release_times_put_injects_on_days() -> None:
    data = peers.iceberg()
    data["injects"][0]["options"].pop()
    data["injects"][3]["release_at_minutes"] = 1440 + 30
    _, scenario = peers.read(data)
    assert [[(one.title, one.at) for one in day.injects if not one.reserve] for day in scenario.days] == [
        [("A call", "09:00"), ("The cutter sails", "09:27"), ("The boat drifts", "09:27")],
        [("The landing", "09:30"), ("Debriefing", "09:57")],
    ]


def test_a_way_that_would_lead_to_another_day_puts_all_on_one() -> None:
    data = peers.iceberg()
    data["injects"][3]["release_at_minutes"] = 1440 + 30
    found, scenario = peers.read(data)
    assert len(scenario.days) == 1
    assert peers.told(found.guessed, "from one day to another")


def test_a_circle_is_cut_and_told() -> None:
    data = peers.iceberg()
    data["injects"][3]["next_inject_id"] = "call"
    found, scenario = peers.read(data)
    assert peers.told(found.left_out, "circle", "landing to call")
    assert peers.injects(scenario)["The landing"].next == ("end",)


def test_a_step_to_nowhere_ends_the_way_and_is_told() -> None:
    data = peers.iceberg()
    data["injects"][1]["next_inject_id"] = "gone"
    found, _ = peers.read(data)
    assert peers.told(found.left_out, "do not exist", "cutter to 'gone'")


def test_a_single_option_decides_nothing() -> None:
    data = peers.iceberg()
    data["injects"][0]["options"] = data["injects"][0]["options"][:1]
    found, scenario = peers.read(data)
    call = peers.injects(scenario)["A call"]
    assert call.branch is None
    assert call.next == ("cutter",)
    assert "Send a cutter" in call.notes
    assert peers.told(found.guessed, "one option only", "call")


def test_injects_without_any_step_follow_each_other() -> None:
    data = peers.iceberg()
    data["injects"] = [{**one, "options": [], "next_inject_id": None} for one in reversed(data["injects"])]
    _, scenario = peers.read(data)
    assert [one.title for one in scenario.days[0].injects if not one.reserve][:3] == [
        "A call",
        "The cutter sails",
        "The boat drifts",
    ]


def test_a_definition_sent_to_its_api_is_read_too() -> None:
    found, _ = peers.read({"definition": peers.iceberg()})
    assert found.injects == 5
    assert peers.told(found.left_out, "'author'", "/definition/metadata")
