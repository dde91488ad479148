"""What a table says of its day: who may say it, when it is taken, and with which sentence it is refused."""

from tests.exercise.words import History, delegate, head, lead, table_facilitator
from ttx.exercise.commands.debrief import MOST

ANOTHER = "Your seat is at Table 1, so it cannot speak for another table."
SURPRISED = "Your table has named its one surprise: withdraw that before you name another."


def washing() -> History:
    """The first day, of which a hot wash is open."""
    return History().opened(1).does(lead(), "open_hot_wash")


def noted(history: History, sense: str, text: str = "No radio.", table: str = "T1") -> int:
    """Table 1 or 2 names something; the entry it stands at."""
    history.does(table_facilitator(table), "note_hot_wash", sense=sense, text=text)
    return next(note.seq for note in history.state.debrief.notes.values() if note.text == text)


def walled(*texts: str, table: str = "T1") -> History:
    """The first day, and gaps on the wall that a table drafted."""
    history = History().opened(1)
    for text in texts:
        history.does(table_facilitator(table), "draft_gap", text=text)
    return history


def wall(history: History) -> dict[str, str]:
    return {gap.name: gap.text for gap in history.state.debrief.on_the_wall()}


class TestHotWash:
    def test_it_is_open_once_and_can_be_opened_again(self):
        history = washing()
        assert history.refuses(lead(), "open_hot_wash") == "The hot wash of day 1 is already open."
        history.does(lead(), "close_hot_wash")
        assert history.refuses(lead(), "close_hot_wash") == "No hot wash is open, so there is none to close."
        assert history.does(lead(), "open_hot_wash").state.debrief.washing == 1

    def test_that_of_the_next_day_opens_while_the_one_before_is_open(self):
        history = washing().opened(2).does(lead(), "open_hot_wash")
        assert history.state.debrief.washing == 2

    def test_it_ends_where_another_day_is_opened_and_goes_on_where_its_own_is(self):
        history = washing().does(lead(), "close_day")
        assert history.does(lead(), "open_day", day=1).state.debrief.washing == 1
        assert history.opened(2).state.debrief.washing is None
        assert [type(entry).__name__ for entry in history.entries(2)] == ["HotWashClosed", "DayOpened"]

    def test_its_close_stops_the_countdown_that_was_set_for_it_and_no_other(self):
        history = washing().does(lead(), "timer", seconds=600).does(lead(), "close_hot_wash")
        assert history.state.timer is None

        history.does(lead(), "timer", seconds=600).does(lead(), "open_hot_wash").does(lead(), "close_hot_wash")
        assert history.state.timer is not None

    def test_before_the_first_day_there_is_none(self):
        assert "No day has been held yet: open one before you open a hot wash" in History().refuses(
            lead(), "open_hot_wash"
        )

    def test_what_a_table_says_is_taken_while_it_is_open_and_after_it(self):
        history = History().opened(1)
        refused = history.refuses(head(), "note_hot_wash", sense="gap", text="No radio.")
        assert refused == "No hot wash is open. The lead facilitator opens it at the end of the day."
        history.does(lead(), "open_hot_wash").does(lead(), "close_hot_wash")
        noted(history, "strength", "Quick calls.")
        assert [(one.day, one.text) for one in history.state.debrief.notes.values()] == [(1, "Quick calls.")]

    def test_a_table_has_one_surprise_a_day(self):
        history = washing()
        first = noted(history, "surprise", "The port opened.")
        noted(history, "strength", "Quick calls.")
        noted(history, "surprise", "The sea was calm.", table="T2")
        assert history.refuses(head(), "note_hot_wash", sense="surprise", text="The sea.") == SURPRISED
        history.does(head(), "withdraw_hot_wash", note=first)
        noted(history, "surprise", "The sea.")
        history.opened(2).does(lead(), "open_hot_wash")
        noted(history, "surprise", "The road.")
        assert [one.day for one in history.state.debrief.notes.values() if one.sense == "surprise"].count(2) == 1

    def test_only_a_gap_goes_on_the_wall_and_it_knows_its_note(self):
        history = washing()
        noted(history, "strength", "Quick calls.")
        note = noted(history, "gap")
        (gap,) = history.state.debrief.on_the_wall()
        assert (gap.note, gap.text, gap.tables, gap.day) == (note, "No radio.", ("T1",), 1)

    def test_a_note_is_taken_back_once_and_by_its_own_table(self):
        history = washing()
        note = noted(history, "strength")
        assert history.refuses(head("tamarinda"), "withdraw_hot_wash", note=note) == (
            "Your seat is at Table 2, so it cannot speak for another table."
        )
        history.does(head(), "withdraw_hot_wash", note=note)
        assert history.refuses(head(), "withdraw_hot_wash", note=note) == (
            "There is no such note; it may have been withdrawn already."
        )

    def test_taking_a_note_back_leaves_other_gaps_on_the_wall(self):
        history = washing()
        noted(history, "gap", "No boat.")
        second, third = noted(history, "gap", "No radio."), noted(history, "strength", "Quick calls.")
        history.does(head(), "withdraw_hot_wash", note=second).does(head(), "withdraw_hot_wash", note=third)
        assert list(wall(history).values()) == ["No boat."]

    def test_a_gap_that_others_went_into_stays_without_its_note(self):
        history = washing()
        first = noted(history, "gap", "No radio.")
        noted(history, "gap", "No sets.", table="T2")
        history.does(lead(), "merge_gaps", gaps=["G1", "G2"], text="No radios.")
        history.does(head(), "withdraw_hot_wash", note=first)
        assert wall(history) == {"G1": "No radios."}

    def test_a_gap_that_went_into_another_stays_there_without_its_note(self):
        history = washing()
        first = noted(history, "gap", "No radio.")
        noted(history, "gap", "No sets.", table="T2")
        history.does(lead(), "merge_gaps", gaps=["G2", "G1"], text="No radios.")
        history.does(head(), "withdraw_hot_wash", note=first)
        assert history.state.debrief.stands_as("G1") == "G2"


class TestTheWall:
    def test_a_facilitator_drafts_for_the_room_or_for_a_table_and_a_table_for_itself(self):
        history = History().opened(1).does(lead(), "draft_gap", text="One.")
        history.does(lead(), "draft_gap", text="Two.", table="T2").does(head(), "draft_gap", text="Three.")
        assert [(gap.name, gap.tables) for gap in history.state.debrief.on_the_wall()] == [
            ("G1", ()), ("G2", ("T2",)), ("G3", ("T1",)),
        ]  # fmt: skip
        assert history.refuses(head(), "draft_gap", text="Four.", table="T2") == ANOTHER

    def test_a_name_is_never_given_twice(self):
        history = walled("One.", "Two.").does(lead(), "withdraw_gap", gap="G2").does(lead(), "draft_gap", text="Three.")
        assert wall(history) == {"G1": "One.", "G3": "Three."}

    def test_it_holds_so_many_and_no_more(self):
        history = History().opened(1)
        for number in range(MOST):
            history.does(lead(), "draft_gap", text=f"Gap {number}.")
        assert MOST == 500
        assert history.refuses(lead(), "draft_gap", text="One more.") == (
            "The wall holds 500 gaps already: merge or withdraw some before you add another."
        )

    def test_only_the_table_that_named_it_alone_or_a_facilitator_takes_it_off(self):
        history = walled("No radio.")
        assert history.refuses(head("tamarinda"), "withdraw_gap", gap="G1") == (
            "G1 is not your table's alone, so only a facilitator can take it off the wall."
        )
        history.does(head("tamarinda"), "draft_gap", text="No sets.")
        history.does(lead(), "merge_gaps", gaps=["G1", "G2"], text="No radios.")
        assert history.refuses(head(), "withdraw_gap", gap="G1").endswith("take it off the wall.")
        assert history.refuses(head(), "reword_gap", gap="G1", text="None.").endswith("change its words.")
        assert wall(history.does(lead(), "withdraw_gap", gap="G1")) == {}

    def test_words_change_to_other_words(self):
        history = walled("No radio.")
        assert history.refuses(head(), "reword_gap", gap="G1", text="No radio.") == "G1 reads like this already."
        assert wall(history.does(head(), "reword_gap", gap="G1", text="No radios.")) == {"G1": "No radios."}

    def test_two_different_gaps_are_merged_into_the_first(self):
        history = walled("No radio.", "No sets.", "No boat.")
        assert history.refuses(lead(), "merge_gaps", gaps=["G1", "G1"], text="Both.") == (
            "Name at least two different gaps to merge."
        )
        history.does(lead(), "merge_gaps", gaps=["G2", "G1"], text="Both.")
        assert history.refuses(lead(), "merge_gaps", gaps=["G1", "G2"], text="Again.").startswith("Name at least two")
        assert wall(history) == {"G2": "Both.", "G3": "No boat."}
        assert wall(history.does(lead(), "merge_gaps", gaps=["G3", "G1"], text="All.")) == {"G3": "All."}

    def test_what_is_not_on_the_wall_cannot_be_spoken_of(self):
        history = walled("No radio.")
        for do, fields in (
            ("withdraw_gap", {"gap": "G7"}),
            ("reword_gap", {"gap": "G7", "text": "x"}),
            ("test_gap", {"gap": "G7", "verdict": "holds"}),
            ("rank_gaps", {"gaps": ["G7"]}),
        ):
            assert history.refuses(head(), do, **fields) == (
                "There is no gap G7 on the wall; it may have been taken off."
            )

    def test_a_gap_has_one_rank_and_a_ranking_changes_something(self):
        history = walled("No radio.", "No sets.")
        assert history.refuses(head(), "rank_gaps", gaps=["G1", "G1"]) == "A gap can have one rank only."
        assert history.refuses(head(), "rank_gaps", gaps=[]) == "Your table ranks the gaps like this already."
        history.does(head(), "rank_gaps", gaps=["G2", "G1"])
        assert history.refuses(head(), "rank_gaps", gaps=["G2", "G1"]).endswith("like this already.")
        assert history.refuses(head(), "rank_gaps", gaps=["G1"], table="T2") == ANOTHER
        assert history.state.debrief.ranks("T1") == ("G2", "G1")
        history.does(head(), "rank_gaps", gaps=["G1", "G2"]).does(lead(), "rank_gaps", gaps=["G2"], table="T2")
        assert (history.state.debrief.ranks("T1"), history.state.debrief.ranks("T2")) == (("G1", "G2"), ("G2",))

    def test_a_rank_or_a_verdict_on_a_merged_gap_is_for_the_one_it_went_into(self):
        history = walled("No radio.", "No sets.").does(lead(), "merge_gaps", gaps=["G2", "G1"], text="Both.")
        history.does(head(), "rank_gaps", gaps=["G1"]).does(head(), "test_gap", gap="G1", verdict="holds", text="So.")
        (gap,) = history.state.debrief.on_the_wall()
        assert (history.state.debrief.ranks("T1"), history.state.debrief.ranked["T1"]) == (("G2",), ("G2",))
        assert {table: (one.gap, one.verdict, one.text) for table, one in gap.tested.items()} == {
            "T1": ("G2", "holds", "So.")
        }

    def test_a_table_does_not_deny_what_it_named_itself_by_what_it_said_of_another_gap_that_went_in(self):
        history = walled("No list.").does(table_facilitator("T2"), "draft_gap", text="Old numbers.")
        history.does(head(), "test_gap", gap="G2", verdict="fails")
        history.does(table_facilitator("T2"), "test_gap", gap="G2", verdict="fails")
        history.does(lead(), "merge_gaps", gaps=["G1", "G2"], text="No list.")
        assert dict(history.state.debrief.gaps["G1"].verdicts) == {}

        history.does(head(), "test_gap", gap="G1", verdict="fails")
        assert {name: one.verdict for name, one in history.state.debrief.gaps["G1"].verdicts.items()} == {"T1": "fails"}

    def test_a_table_that_named_none_of_them_keeps_its_verdict_when_they_are_merged(self):
        history = walled("No list.", "Old numbers.").does(
            table_facilitator("T2"), "test_gap", gap="G2", verdict="fails"
        )
        history.does(lead(), "merge_gaps", gaps=["G1", "G2"], text="No list.")
        assert set(history.state.debrief.gaps["G1"].verdicts) == {"T2"}

    def test_a_table_tests_for_itself(self):
        history = walled("No radio.")
        assert history.refuses(head(), "test_gap", gap="G1", verdict="fails", table="T2") == ANOTHER
        history.does(lead(), "test_gap", gap="G1", verdict="partly", table="T2")
        assert set(history.state.debrief.gaps["G1"].tested) == {"T2"}


class TestSummaries:
    def test_a_new_version_says_something_new(self):
        history = History().opened(1).does(table_facilitator(), "summarise", text="We waited.")
        assert (
            history.refuses(table_facilitator(), "summarise", text="We waited.")
            == "The summary reads like this already."
        )
        history.does(table_facilitator("T2"), "summarise", text="We waited.")
        history.does(table_facilitator(), "summarise", text="We waited until noon.")
        assert {where: len(one.versions) for where, one in history.state.debrief.summaries.items()} == {
            (1, "T1"): 2, (1, "T2"): 1,
        }  # fmt: skip

    def test_it_is_of_a_day_that_was_held(self):
        history = History()
        assert history.refuses(table_facilitator(), "summarise", text="x") == (
            "No day has been held yet: open one before you summarise one."
        )
        history.opened(1).opened(2)
        assert history.refuses(table_facilitator(), "summarise", text="x", day=7) == "Day 7 has not been held."
        history.does(table_facilitator(), "summarise", text="Late.", day=1)
        history.does(table_facilitator(), "summarise", text="Now.")
        assert {where: one.text for where, one in history.state.debrief.summaries.items()} == {
            (1, "T1"): "Late.", (2, "T1"): "Now.",
        }  # fmt: skip

    def test_a_correction_is_asked_for_by_the_table_that_has_a_summary(self):
        history = History().opened(1)
        none = "Your table has no summary of this day yet."
        assert history.refuses(delegate(), "remark_summary", text="No.", day=1) == none
        history.does(table_facilitator(), "summarise", text="We waited.")
        assert history.refuses(delegate("tamarinda"), "remark_summary", text="No.", day=1) == none
        history.does(delegate(), "remark_summary", text="Until noon.")
        ((_, remark),) = history.state.debrief.summaries[1, "T1"].remarks
        assert (remark.day, remark.text, remark.delegation) == (1, "Until noon.", "Kestria")

    def test_plenary_approves_what_there_is_once(self):
        history = History().opened(1)
        assert history.refuses(lead(), "approve_summary", table="T1", day=1, version=3) == (
            "Table 1 has no summary of day 1."
        )
        assert "T9" in history.refuses(lead(), "approve_summary", table="T9", day=1, version=3)
        version = history.does(table_facilitator(), "summarise", text="We waited.").state.seq
        history.does(lead(), "approve_summary", table="T1", day=1, version=version)
        refused = history.refuses(lead(), "approve_summary", table="T1", day=1, version=version)
        assert refused == "This summary is approved already."
        assert history.state.debrief.summaries[1, "T1"].approved == version
