"""The pace of a simulated delegation is one that people could keep, whatever it reads and answers."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from ttx.rehearsal.pace import LATE, Temper, Turn, reading, temper, turns, typing

texts = st.lists(st.text("abc", min_size=1, max_size=9), max_size=400).map(" ".join)
answers = st.dictionaries(
    st.sampled_from(["q1", "q2", "q3"]),
    st.one_of(
        st.builds(lambda text: {"text": text}, st.text(min_size=1, max_size=400)),
        st.builds(lambda number: {"scale": number}, st.integers(1, 5)),
        st.builds(lambda names: {"ranking": names}, st.lists(st.text("xyz", min_size=1), min_size=1, max_size=6)),
    ),
    min_size=1,
)
minutes = st.integers(0, 120)
seeds = st.integers(0, 10_000)

PROMPT = Temper(late=0, silent=0)
TARDY = Temper(late=1, silent=0)


def needed(text: str, given: dict) -> float:
    return reading(text) + sum(typing(answer) for answer in given.values())


@given(texts, minutes, answers, seeds)
def test_nobody_answers_before_it_could_have_been_read_and_typed(text, planned, given, seed):
    for mood in (PROMPT, TARDY):
        done, since = reading(text), 0.0
        for turn in turns(text, planned, given, mood, Random(seed)):
            done += typing(given[turn.question])
            assert turn.at >= done - 1e-6
            assert turn.at > since
            since = turn.at


@given(texts, st.integers(1, 120), answers, seeds)
def test_the_punctual_keep_to_the_plan_and_the_late_do_not(text, planned, given, seed):
    ready = turns(text, planned, given, PROMPT, Random(seed))[-1].at
    late = turns(text, planned, given, TARDY, Random(seed))[-1].at

    assert ready <= max(planned * 60, needed(text, given)) + 1e-6
    assert planned * 60 * LATE[0] - 1e-6 <= late <= max(planned * 60 * LATE[1], needed(text, given)) + 1e-6


@given(texts, minutes, answers, seeds)
def test_every_question_is_answered_once_or_none_is(text, planned, given, seed):
    dice = Random(seed)

    sent = turns(text, planned, given, temper(dice), dice)

    assert [turn.question for turn in sent] in ([], list(given))


@given(texts, minutes, answers, seeds)
def test_the_same_seed_is_the_same_afternoon(text, planned, given, seed):
    assert turns(text, planned, given, PROMPT, Random(seed)) == turns(text, planned, given, PROMPT, Random(seed))


def test_who_is_asked_nothing_or_stays_silent_sends_nothing():
    assert turns("Read this.", 20, {}, PROMPT, Random(1)) == ()
    assert turns("Read this.", 20, {"q1": {"scale": 3}}, Temper(silent=1), Random(1)) == ()


def test_longer_texts_and_longer_answers_take_longer():
    short = turns("A boat.", 1, {"q1": {"text": "Yes"}}, PROMPT, Random(1))
    long = turns("A boat. " * 400, 1, {"q1": {"text": "Yes, because " * 30}}, PROMPT, Random(1))

    assert [turn.question for turn in short] == [turn.question for turn in long] == ["q1"]
    assert isinstance(short[0], Turn)
    assert long[0].at > short[0].at + 200
