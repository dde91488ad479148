"""Whether answers agree, split, scatter or are missing."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ttx.exercise.answers import Answer
from ttx.review.alignment import RULES, Aligned, Verdict, aligned
from ttx.scenario.model import Question

OPTIONS = {"a": "Now", "b": "Later", "c": "Never"}


def found(kind: str, *answers: Mapping[str, Any], asked: int | None = None) -> Aligned:
    options = OPTIONS if kind in ("single", "multiple", "ranking") else {}
    question = Question.model_validate({"id": "q", "kind": kind, "ask": "What?", "options": options})
    given = [Answer.model_validate(answer) for answer in answers]
    return aligned(question, len(given) if asked is None else asked, given)


def each(field: str, values: str) -> list[dict[str, Any]]:
    """An answer for each letter or digit."""
    return [{field: int(value) if field == "scale" else value} for value in values]


@pytest.mark.parametrize(
    "values, verdict",
    [("aab", "agree"), ("aaaa", "agree"), ("aabb", "split"), ("aaabbc", "split"), ("aabbc", "split"),
     ("aabc", "scattered"), ("abc", "scattered"), ("a", "agree")],
)  # fmt: skip
def test_a_single_choice(values: str, verdict: str) -> None:
    assert found("single", *each("choice", values)).verdict == verdict


@pytest.mark.parametrize(
    "values, verdict",
    [("445", "agree"), ("1255", "split"), ("12345", "split"), ("12334", "scattered"), ("3344", "agree"),
     ("1155", "split"), ("1335", "scattered")],
)  # fmt: skip
def test_a_scale_counts_neighbours_together(values: str, verdict: str) -> None:
    assert found("scale", *each("scale", values)).verdict == verdict


@pytest.mark.parametrize(
    "chosen, verdict",
    [(["ab", "ab", "abc"], "agree"), (["ab", "bc", "ca"], "agree"), (["a", "ab", "b", "c"], "scattered")],
)
def test_several_options_agree_when_each_is_clear(chosen: list[str], verdict: str) -> None:
    assert found("multiple", *({"choices": list(one)} for one in chosen)).verdict == verdict


@pytest.mark.parametrize(
    "rankings, verdict",
    [(["abc", "abc", "acb"], "agree"), (["abc", "abc", "cba", "cba"], "split"), (["abc", "bca", "cab"], "scattered")],
)
def test_rankings_agree_by_kendalls_w(rankings: list[str], verdict: str) -> None:
    assert found("ranking", *({"ranking": list(one)} for one in rankings)).verdict == verdict


def test_a_stance_is_no_answer_and_silence_is_told() -> None:
    made = found("single", {"choice": "a"}, {"stance": "no_instruction"}, {"stance": "not_applicable"}, asked=4)
    assert (made.verdict, made.answered, made.asked) == (Verdict.SILENT, 1, 4)
    assert found("single", asked=3).verdict == Verdict.SILENT
    assert found("text", {"text": "Yes"}, {"text": "No"}).verdict == Verdict.OPEN


def test_it_tells_what_most_chose() -> None:
    made = found("single", *each("choice", "aab"))
    assert made.lead == "a"
    assert made.share == pytest.approx(2 / 3)
    assert found("scale", *each("scale", "445")).lead == "4"
    assert found("text", {"text": "Yes"}).lead is None


def test_each_verdict_has_its_rule() -> None:
    assert set(RULES) == set(Verdict)


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=12), st.randoms())
def test_the_order_of_answers_and_the_names_of_options_change_no_verdict(values: list[str], dice: Any) -> None:
    verdict = found("single", *each("choice", "".join(values))).verdict
    turned = values.copy()
    dice.shuffle(turned)
    renamed = "".join("abc"[("abc".index(one) + 1) % 3] for one in turned)
    assert found("single", *each("choice", renamed)).verdict == verdict
