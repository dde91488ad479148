"""What the hall sees: whatever is chosen for it, nothing that is not out, for everybody, and for the hall."""

import pytest

from tests.exercise.words import History, days, decides, head, lead, projector, tells
from tests.words import small_scenario
from ttx.exercise import hall, lookup
from ttx.exercise.hall import BallotView, StageView, StoryView

ASKS: dict[str, object] = {"questions": [{"id": "q1", "ask": "Who?"}, {"id": "q2", "ask": "When?"}]}


def seen(history: History) -> StageView:
    """The hall's screen as it is now."""
    return hall.stage(history.graph, history.state, projector())


def story(history: History) -> StoryView:
    """The story, which the hall's screen shows now."""
    view = seen(history)
    assert isinstance(view, StoryView)
    return view


def on_the_way() -> History:
    """A day with its first development out for everybody."""
    return History().opened(1).released("D1-01")


def test_the_hall_shows_the_newest_first_with_four_before_it():
    names = [f"D1-0{number}" for number in range(1, 8)]
    history = History(days([tells(name) for name in names])).opened(1).released(*names)

    view = story(history)

    assert view.headline is not None
    assert [view.headline.id, *(one.id for one in view.recent)] == ["D1-07", "D1-06", "D1-05", "D1-04", "D1-03"]


def test_the_hall_forgets_what_was_recalled_and_its_map_too():
    steps = {"map": [{"do": "alert", "place": "Ellory", "label": "171 people"}]}
    history = History(days([tells("D1-01"), tells("D1-02", **steps)])).opened(1).released("D1-01", "D1-02")
    drawn = [len(story(history).atlas.marks)]

    view = story(history.recalled("D1-02"))

    assert view.headline is not None
    assert (view.headline.id, view.recent, [*drawn, len(view.atlas.marks)]) == ("D1-01", (), [1, 0])


def test_the_hall_begins_a_day_without_the_texts_of_the_one_before_and_keeps_them_overnight():
    history = History(days([tells("D1-01"), tells("D1-02")], [tells("D2-01"), tells("D2-02")]))
    history.opened(1).released("D1-01", "D1-02")

    def told() -> list[str]:
        view = story(history)
        return [one.id for one in ((view.headline,) if view.headline else ()) + view.recent]

    def offered() -> list[str]:
        return [inject.id for inject, _ in hall.control(history.graph, history.state).developments]

    assert told() == offered() == ["D1-02", "D1-01"]
    history.does(lead(), "close_day")
    assert told() == offered() == ["D1-02", "D1-01"]
    history.does(lead(), "open_day")
    assert told() == offered() == []
    history.released("D2-01")
    assert told() == offered() == ["D2-01"]


def test_an_older_development_that_was_held_moves_nothing_back_on_the_map():
    goes = [{"map": [{"do": "move", "token": "pallas", "to": place}]} for place in ("Merevale", "Ellory")]
    told = days([tells("D1-01", at="09:00", **goes[0]), tells("D1-02", at="10:00", **goes[1])])
    in_time = story(History(told).opened(1).released("D1-01", "D1-02")).atlas
    assert [one.step for one in in_time.tokens] == ["D1-02"]

    late = History(told).opened(1).does(lead(), "hold", inject="D1-01").released("D1-02", "D1-01")

    assert story(late).atlas == in_time
    assert lookup.chart(late.graph, late.state, head()) == in_time


def test_the_halls_map_draws_nothing_that_went_to_some_only():
    steps = {"map": [{"do": "show", "what": "pallas"}]}
    history = History(days([tells("D1-01", to={"groups": ["SEA"]}, **steps)])).opened(1).released("D1-01")

    view = story(history)

    assert (view.headline, view.atlas.tokens) == (None, ())


@pytest.mark.parametrize("view", ["development", "question"])
def test_what_is_shown_makes_way_for_the_story_when_it_is_taken_back(view: str):
    history = on_the_way().does(lead(), "show", view=view, about="D1-01")
    assert seen(history).part == view

    history.recalled("D1-01")

    assert (story(history).part, story(history).headline) == ("story", None)


def test_the_hall_is_refused_what_only_some_have():
    history = History(days([tells("D1-01"), tells("D1-02", to={"groups": ["SEA"]}), tells("D1-03")])).opened(1)
    history.does(lead(), "release", inject="D1-01", tables=["T1"]).released("D1-02")

    for name in ("D1-01", "D1-02", "D1-03", "D9-99"):
        assert "the hall cannot show" in history.refuses(lead(), "show", view="development", about=name)
    assert hall.control(history.graph, history.state).developments == ()
    assert [hall.offers(history.state, history.inject(name)) for name in ("D1-01", "D1-02", "D1-03")] == [(), (), ()]


def test_a_question_is_shown_with_how_many_have_answered_it():
    history = History(days([tells("D1-01", **ASKS)])).opened(1).released("D1-01")
    history.answered(head(), "D1-01", "q2", text="Ours").does(lead(), "show", view="question", about="D1-01")

    view = seen(history)

    assert isinstance(view, hall.QuestionsView)
    assert ([(one.number, one.answered) for one in view.questions], view.asked) == ([(1, 0), (2, 1)], 3)


def test_one_question_of_several_may_stand_alone_and_an_unknown_one_is_refused():
    history = History(days([tells("D1-01", **ASKS)])).opened(1).released("D1-01")

    view = seen(history.does(lead(), "show", view="question", about="D1-01:q2"))

    assert isinstance(view, hall.QuestionsView)
    assert [one.question.id for one in view.questions] == ["q2"]
    assert "asks no such question" in history.refuses(lead(), "show", view="question", about="D1-01:q9")


def test_a_hidden_vote_shows_no_count_before_it_is_revealed():
    history = on_the_way().released("D1-02", "D1-03")
    history.does(lead(), "open_vote", inject="D1-03", hidden=True).does(head(), "vote", inject="D1-03", option="A")
    history.does(lead(), "show", view="vote", about="D1-03")

    counts = []
    for _ in range(2):
        view = seen(history)
        assert isinstance(view, hall.BallotView)
        counts.append([line.votes for line in view.vote.lines])
        if len(counts) == 1:
            history.does(lead(), "reveal_vote", inject="D1-03")

    assert counts == [[None, None], [1, 0]]


def test_a_vote_turns_to_what_was_decided_after_it_and_back_where_that_is_undone():
    history = on_the_way().released("D1-02", "D1-03").does(lead(), "open_vote", inject="D1-03")
    history.does(head(), "vote", inject="D1-03", option="A").does(head("orrin"), "vote", inject="D1-03", option="B")
    history.does(lead(), "close_vote", inject="D1-03").does(lead(), "show", view="vote", about="D1-03")

    def taken() -> tuple[str, str | None, tuple[int, ...]] | None:
        view = seen(history)
        assert isinstance(view, BallotView)
        return (view.taken.how, view.taken.option, view.taken.score) if view.taken is not None else None

    assert taken() is None

    history.decided("D1-03", "B")

    assert taken() == ("chair", "B", (1, 1, 0))

    history.does(lead(), "undo", act=history.state.seq)

    assert taken() is None


def test_what_the_chair_takes_was_known_to_the_hall_from_an_earlier_round():
    arms = [tells(name) for name in ("A1", "B1", "C1")]
    history = History(days([decides("D", A="A1", B="B1", C="C1"), *arms])).opened(1).released("D")
    for options in (["A", "B", "C"], ["A", "B"]):
        history.does(lead(), "open_vote", inject="D", options=options).does(lead(), "close_vote", inject="D")

    view = seen(history.does(lead(), "show", view="vote", about="D").decided("D", "C"))

    assert isinstance(view, BallotView)
    assert view.taken is not None


@pytest.mark.parametrize("view", ["development", "question"])
def test_what_belongs_to_a_development_makes_way_for_the_next_one(view: str):
    history = History(days([tells("D1-01", **ASKS), tells("D1-02"), tells("D1-03")])).opened(1).released("D1-01")
    history.does(lead(), "show", view=view, about="D1-01")

    assert history.does(lead(), "release", inject="D1-02", tables=["T1"]).state.stage.view == view

    history.does(lead(), "release", inject="D1-02")

    newest = story(history).headline
    assert newest is not None
    assert newest.id == "D1-02"


def test_a_development_that_goes_out_by_itself_or_is_written_now_takes_the_hall_too():
    history = on_the_way()

    def after(do: str, **fields: object) -> str:
        return history.does(lead(), do, **fields).state.stage.view

    assert after("show", view="question", about="D1-01") == "question"
    assert after("release", inject="D1-02") == "question", "it went to one group only"
    assert after("add_inject", title="A call", text="Two boats.", release=True) == "story"
    assert after("show", view="recap") == "recap"
    assert after("add_inject", title="A second call", text="Four boats.", release=True) == "story"
    assert after("show", view="question", about="D1-01") == "question"
    assert after("schedule", inject="D1-03", seconds=60) == "question"
    assert history.falls_due("D1-03").state.stage.view == "story"


def test_an_open_vote_stays_in_the_hall_and_the_console_says_that_it_is_older():
    history = on_the_way().released("D1-02", "D1-03").does(lead(), "open_vote", inject="D1-03")
    history.does(lead(), "show", view="vote", about="D1-03").decided("D1-03", "A").released("D1-04A")

    behind = hall.behind(history.graph, history.state)

    assert behind is not None
    assert (behind.now, behind.about, behind.newest.id) == ("vote", "D1-03", "D1-04A")


def test_the_console_says_what_the_hall_shows_only_where_something_newer_is_out_for_it():
    history = on_the_way().does(lead(), "show", view="agenda")

    def newest() -> str | None:
        found = hall.behind(history.graph, history.state)
        return found.newest.id if found is not None else None

    assert newest() is None
    history.released("D1-02")
    assert newest() is None, "it went to one group only"
    history.released("D1-03")
    assert newest() == "D1-03"
    history.does(lead(), "show", view="timeline")
    assert newest() is None
    history.does(lead(), "show", view="blank")
    assert newest() is None


def test_the_console_says_whose_speakers_the_hall_still_shows_by_the_session_s_title():
    history = on_the_way().does(lead(), "show", view="speaker", about="talk").released("D1-02", "D1-03")

    behind = hall.behind(history.graph, history.state)

    assert behind is not None
    assert (behind.now, behind.about) == ("speaker", "What the sea asks")


def test_speakers_leave_the_hall_when_another_session_begins_and_stay_until_then():
    def talking() -> History:
        history = History().opened(1).does(lead(), "start_session", session="talk")
        return history.does(lead(), "show", view="speaker", about="talk")

    stays = talking().does(lead(), "add_inject", title="A call", text="Four boats.", release=True)
    assert stays.state.stage.view == "speaker"
    assert talking().does(lead(), "start_session", session="coffee").state.stage.view == "story"
    assert talking().released("D1-01").state.stage.view == "story"


def test_the_panel_says_the_story_where_what_was_shown_has_been_taken_back():
    history = on_the_way().does(lead(), "show", view="development", about="D1-01").recalled("D1-01")

    control = hall.control(history.graph, history.state)

    assert (control.now, control.about) == ("story", None)


def test_the_agenda_marks_the_session_that_was_begun():
    history = History().opened(1).does(lead(), "show", view="agenda")
    assert seen(history) == hall.AgendaView(history.graph.scenario.days[0], None)

    history.does(lead(), "start_session", session="rescue")

    assert seen(history) == hall.AgendaView(history.graph.scenario.days[0], "rescue")


def test_the_agenda_marks_the_session_whose_first_development_went_out_as_the_console_does():
    history = History().opened(1).does(lead(), "show", view="agenda").released("D1-01")

    assert seen(history) == hall.AgendaView(history.graph.scenario.days[0], "picture")


@pytest.mark.parametrize(
    "view, about, then",
    [("summary", None, "story"), ("gaps", None, "story"), ("development", "D1-01", "story"),
     ("question", "D1-01", "story"), ("speaker", "talk", "story"), ("recap", None, "recap"), ("map", None, "map")],
)  # fmt: skip
def test_a_new_day_clears_from_the_hall_what_belonged_to_the_one_before(view: str, about: str | None, then: str):
    history = History().opened(1).released("D1-01").does(lead(), "show", view=view, about=about)
    overnight = history.does(lead(), "close_day").state.stage.view

    again = history.does(lead(), "open_day", day=1).state.stage.view
    history.does(lead(), "close_day").does(lead(), "open_day")

    assert (overnight, again) == (view, view)
    assert history.state.stage.view == then


def test_speakers_of_the_open_day_are_shown_and_of_no_other():
    history = History().opened(1).does(lead(), "show", view="speaker", about="talk")

    view = seen(history)

    assert isinstance(view, hall.SpeakerView)
    assert [one.name for one in view.session.speakers] == ["Ines Maro"]
    assert seen(history.does(lead(), "close_day")).part == "story"


def test_the_time_line_has_a_lane_for_each_storyline_and_titles_for_the_newest():
    lines = {name: {"name": f"Line {name}"} for name in "abcdefgh"}
    names = [f"D1-0{number}" for number in range(1, 9)]
    told = [tells(name, storyline=line) for name, line in zip(names, "abcdefgh", strict=True)]
    history = History(days(told, storylines=lines)).opened(1).released(*names).does(lead(), "show", view="timeline")

    view = seen(history)

    assert isinstance(view, hall.TimelineView)
    assert view.lanes == (*((name, f"Line {name}") for name in "defgh"), ("", ""))
    assert [(one.id, one.lane) for one in view.before] == [("D1-01", 5), ("D1-02", 5), ("D1-03", 5), ("D1-04", 0)]
    assert [(one.id, one.lane) for one in view.titled] == [(f"D1-0{n + 4}", n) for n in range(1, 5)]


def test_a_summary_is_seen_by_the_hall_once_it_is_approved():
    history = on_the_way().does(lead(), "show", view="summary")
    history.does(lead(), "summarise", table="T1", text="We called each other late.")
    assert seen(history) == hall.SummaryView(None, ())

    history.does(lead(), "approve_summary", table="T1", day=1, version=history.state.seq)

    assert seen(history) == hall.SummaryView(1, (("Table 1", "We called each other late."),))


def test_the_small_scenario_has_what_these_tests_stand_on():
    assert any(one.get("speakers") for one in small_scenario()["days"][0]["sessions"])
