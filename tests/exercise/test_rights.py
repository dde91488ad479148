"""Rights: each role and each request by the one table, and how far each right reaches."""

from typing import Any, get_args

import pytest

from tests.exercise.words import History, asks, head, seat, whole_exercise
from ttx.exercise.commands import ACTION, Refused, decide
from ttx.exercise.requests import Asked
from ttx.exercise.rights import (
    AUTHORING,
    RULES,
    Action,
    Author,
    Forbidden,
    Reach,
    Seat,
    covers,
    covers_group,
    reach,
    require,
)
from ttx.scenario.roster import Role

SAMPLES: dict[str, dict[str, Any]] = {
    "open_day": {},
    "close_day": {},
    "release": {"inject": "D1-01"},
    "hold": {"inject": "D1-01"},
    "skip": {"inject": "D1-01"},
    "recall": {"inject": "D1-01"},
    "choose": {"inject": "D1-03", "option": "A"},
    "add_inject": {"title": "A call", "text": "Listen."},
    "pause": {},
    "resume": {},
    "announce": {"text": "Welcome"},
    "timer": {"seconds": 60},
    "respond": {"inject": "D1-01", "question": "q1", "answer": {"text": "We wait."}},
    "delegate_submission": {"allowed": True},
    "observe": {"text": "Late"},
    "rate": {"rating": "S", "objective": "O1"},
    "end": {},
    "schedule": {"inject": "D1-02", "seconds": 60},
    "unschedule": {"inject": "D1-02"},
    "reword": {"inject": "D1-02", "title": "Another title"},
    "undo": {"act": 3},
    "open_vote": {"inject": "D1-03"},
    "vote": {"inject": "D1-03", "option": "A"},
    "reveal_vote": {"inject": "D1-03"},
    "close_vote": {"inject": "D1-03"},
    "choose_for_table": {"inject": "D1-03", "option": "A"},
    "start_session": {"session": "coffee"},
    "move_story": {"text": "Two days later"},
    "open_hot_wash": {},
    "close_hot_wash": {},
    "note_hot_wash": {"sense": "gap", "text": "Nobody knew whom to call."},
    "withdraw_hot_wash": {"note": 9},
    "draft_gap": {"text": "No list of contacts."},
    "withdraw_gap": {"gap": "G1"},
    "merge_gaps": {"gaps": ["G1", "G2"], "text": "No list of contacts."},
    "reword_gap": {"gap": "G1", "text": "No common list of contacts."},
    "rank_gaps": {"gaps": ["G1"]},
    "test_gap": {"gap": "G1", "verdict": "holds"},
    "summarise": {"text": "We waited."},
    "remark_summary": {"text": "We did not wait."},
    "approve_summary": {"table": "T1", "day": 1, "version": 9},
    "tell": {"table": "T1", "text": "We wait for you."},
    "call": {"text": "Our tablet is off."},
    "settle_help": {"message": 9},
    "show": {"view": "map"},
    "stop": {},
    "stand_down": {},
    "check_comms": {},
    "move_seat": {"seat": "s1", "table": "T2"},
    "allow_tables": {"allowed": True},
}
"""A request of each verb, on what is there."""

NOWHERE = {"inject": "D9-77", "option": "Z", "question": "none", "objective": "O9", "day": 99}
MOMENTS = {"new": History(), "running": History().opened(1).released("D1-01"), "ended": whole_exercise()}

VERBS = sorted(SAMPLES)
RULED = [(role, verb) for role in Role for verb in VERBS]
ALLOWED = [(role, verb) for role, verb in RULED if role in RULES[ACTION[type(asks(verb, **SAMPLES[verb]))]]]
REFUSED = [pair for pair in RULED if pair not in ALLOWED]


def seated(role: Role) -> Seat:
    """A seat of this role, of a delegation and at a table if the role is."""
    delegation = "Kestria" if role in (Role.HEAD, Role.DELEGATE) else None
    table = (
        "T1" if role in (Role.HEAD, Role.DELEGATE, Role.TABLE_FACILITATOR, Role.EVALUATOR, Role.RAPPORTEUR) else None
    )
    return seat(role, delegation, table)


def answered(history: History, who: Seat, request: Asked) -> type[Exception] | None:
    """How a request is turned down, if it is."""
    try:
        decide(history.graph, history.state, who, request)
    except (Forbidden, Refused) as error:
        return type(error)
    return None


def test_every_request_needs_a_right():
    assert set(ACTION) == set(get_args(Asked))


def test_the_samples_hold_every_verb():
    assert {type(asks(verb, **fields)) for verb, fields in SAMPLES.items()} == set(get_args(Asked))


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("role, verb", ALLOWED)
def test_who_has_the_right_is_never_forbidden(role: Role, verb: str, moment: str):
    turned_down = answered(MOMENTS[moment], seated(role), asks(verb, **SAMPLES[verb]))

    assert turned_down is None or issubclass(turned_down, Refused)


@pytest.mark.parametrize("role, verb", REFUSED)
def test_who_has_not_the_right_hears_the_same_whatever_he_asks_for_and_when(role: Role, verb: str):
    elsewhere = {name: NOWHERE.get(name, value) for name, value in SAMPLES[verb].items()}
    action = ACTION[type(asks(verb, **SAMPLES[verb]))]

    said = {
        history.forbids(seated(role), verb, **fields)
        for history in MOMENTS.values()
        for fields in (SAMPLES[verb], elsewhere)
    }

    assert said == {f"A seat of role {role} may not {action}. Ask the lead facilitator if you need to."}


def test_a_right_is_one_in_an_exercise_or_one_in_a_scenario_and_each_is_ruled():
    assert set(RULES) | set(AUTHORING) == set(Action)
    assert not set(RULES) & set(AUTHORING)


@pytest.mark.parametrize("role", Role)
def test_a_seat_has_no_right_in_a_scenario_and_an_author_none_in_an_exercise(role: Role):
    author = Author("a1", "draft", role, "SEA")

    assert [action for action in AUTHORING if reach(seated(role), action) is not None] == []
    assert [action for action in RULES if reach(author, action) is not None] == []
    assert [action for action in RULES if covers_group(author, action, "SEA")] == []


@pytest.mark.parametrize("action", AUTHORING)
@pytest.mark.parametrize("role", Role)
def test_an_authors_right_reaches_as_far_as_its_rule(role: Role, action: Action):
    author, ruled = Author("a1", "draft", role, "SEA"), AUTHORING[action].get(role)

    covered = [lead for lead in ("SEA", "LAND", None) if covers_group(author, action, lead)]

    assert covered == {Reach.ALL: ["SEA", "LAND", None], Reach.GROUP: ["SEA"], None: []}[ruled]
    if ruled is None:
        with pytest.raises(Forbidden, match=f"your role is {role}, which may not {action}"):
            require(author, action)
    else:
        assert require(author, action) is ruled


def test_an_author_without_a_group_writes_no_day():
    nobody = Author("a1", "draft", Role.AUTHOR)

    assert not covers_group(nobody, Action.EDIT_SCENARIO, None)
    assert not covers_group(nobody, Action.EDIT_SCENARIO, "SEA")


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUTHOR])
def test_an_administrator_and_an_author_have_no_right_in_an_exercise(role: Role):
    assert [action for action in Action if reach(seated(role), action) is not None] == []


def test_the_projector_only_follows():
    assert [action for action in Action if reach(seated(Role.PROJECTOR), action)] == [Action.FOLLOW]


def test_only_those_who_run_the_exercise_and_at_their_table_those_who_run_one_see_what_is_not_released():
    far = {role: reach(seated(role), Action.SEE_UNRELEASED) for role in Role}

    assert {role: one for role, one in far.items() if one} == {
        Role.DIRECTOR: Reach.ALL,
        Role.LEAD_FACILITATOR: Reach.ALL,
        Role.TABLE_FACILITATOR: Reach.TABLE,
    }


def test_the_record_is_played_back_by_those_who_run_the_exercise_and_by_nobody_else():
    far = {role: reach(seated(role), Action.REPLAY) for role in Role}

    assert {role: one for role, one in far.items() if one} == {
        Role.DIRECTOR: Reach.ALL,
        Role.LEAD_FACILITATOR: Reach.ALL,
    }


@pytest.mark.parametrize("role", Role)
def test_a_delegations_page_is_looked_at_only_by_who_knows_everything_that_may_stand_on_it(role: Role):
    far = {action: reach(seated(role), action) for action in (Action.SEE_UNRELEASED, Action.READ_ANSWERS)}

    may = reach(seated(role), Action.WATCH)

    assert may in (None, Reach.ALL, Reach.TABLE)
    assert may is None or set(far.values()) == {may}


@pytest.mark.parametrize("action", RULES)
@pytest.mark.parametrize("role", Role)
def test_a_right_that_is_required_reaches_as_far_as_its_rule_or_is_forbidden(role: Role, action: Action):
    ruled = RULES[action].get(role)

    if ruled is not None:
        assert require(seated(role), action) is ruled
    else:
        with pytest.raises(Forbidden) as forbidden:
            require(seated(role), action)
        assert (forbidden.value.role, forbidden.value.action) == (role, action)


@pytest.mark.parametrize("action", RULES)
@pytest.mark.parametrize("role", Role)
def test_a_right_covers_all_the_own_table_the_own_delegation_or_nothing(role: Role, action: Action):
    places = [("Kestria", "T1"), ("Kestria", "T2"), ("orrin", "T1"), ("orrin", "T2"), (None, None)]

    covered = [place for place in places if covers(seated(role), action, *place)]

    assert (
        covered
        == {
            Reach.ALL: places,
            Reach.TABLE: [("Kestria", "T1"), ("orrin", "T1")],
            Reach.DELEGATION: [("Kestria", "T1"), ("Kestria", "T2")],
            None: [],
        }[RULES[action].get(role)]
    )


@pytest.mark.parametrize("action", RULES)
@pytest.mark.parametrize("role", [Role.TABLE_FACILITATOR, Role.EVALUATOR, Role.HEAD, Role.DELEGATE])
def test_a_seat_without_table_or_delegation_has_none_of_its_own(role: Role, action: Action):
    everything = RULES[action].get(role) is Reach.ALL

    assert covers(seat(role), action, None, None) is everything


def test_a_head_lets_nobody_of_another_delegation_submit():
    history = History().does(head("orrin"), "delegate_submission", allowed=True)

    assert history.state.may_submit == {"orrin"}


def test_a_head_without_a_delegation_can_let_nobody_submit():
    nobody = seat(Role.HEAD)

    said = History().forbids(nobody, "delegate_submission", allowed=True)

    assert said == (
        "A seat of role head may not let others submit for the delegation. Ask the lead facilitator if you need to."
    )
