"""Nobody is known by a file that leaves: marks of 45 delegations, planted wherever one can write, are looked for in
every format, unpacked, with its metadata and its name; and who is who is drawn by chance."""

import io
import json
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

import pytest

from tests.exercise.words import NOW, History, created, days, head, tells
from tests.output.words import pages, pdf_texts
from tests.review.words import MARKS, canaries, canary, crowd, crowd_people, report
from ttx.exercise.entries import Delegation
from ttx.review.bands import K
from ttx.review.entries import Kept
from ttx.review.exports import Own, Section
from ttx.review.feedback import FeedbackOpened, Prompt, Sheet, gathered
from ttx.review.opinions import Person, consenting, fed, forms
from ttx.review.parts import spelt
from ttx.review.report import Report, Tier
from ttx.web.report_files import FORMATS, HOT_WASH, file_name, hot_wash_of

MANY = 45
SHEET, NAMED = "Qzesheetzq", "Qzenamedzq"
"""Words of every sheet of feedback, and of every participant who agreed to be named."""
SEED = b"a secret of this test alone......"


@cache
def told(tier: Tier) -> Report:
    section = Section(name="SEC-01", title="What we found", text="Nobody leads.")
    names = {canary(one, 0).lower(): " ".join(canary(one, at) for at in range(8, MARKS)) for one in range(MANY)}
    people = [Person(name, f"Ann {canary(one, 3)}", f"{canary(one, 9)} navy {NAMED}") for one, name in enumerate(names)]
    own = Own(
        tier=tier,
        sections=(section,) if tier is not Tier.PUBLIC else (),
        quotations=("Nobody leads.",),
        feedback=fed(forms(fed_back()).values(), K),
        participants=consenting(people, names, tier, K),
    )
    return report(crowd(MANY), tier, people=crowd_people(MANY), written=own)


def fed_back() -> list[Kept]:
    """Feedback in which every delegation names itself."""
    form = FeedbackOpened(form="FB-01", day=1, statements={"organised": "Well organised."})
    sheets = [
        Sheet(ratings={"organised": 1 + one % 5}, comments={prompt: f"{SHEET} {canary(one, 8)}" for prompt in Prompt})
        for one in range(MANY)
    ]
    return [Kept(1, NOW, "s1", form), Kept(2, NOW, "s1", gathered(form, sheets))]


def unpacked(content: bytes) -> Iterator[str]:
    """Everything that is in a file: itself, members of a zip with their names, streams of a PDF, base64 as it is."""
    yield content.decode("utf-8", "replace")
    yield content.decode("utf-16-be", "replace")
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield name
                yield packed.read(name).decode("utf-8", "replace")
    if content[:5] == b"%PDF-":
        yield from pdf_texts(content)
        for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
            try:
                yield zlib.decompress(stream).decode("latin-1")
            except zlib.error:
                yield stream.decode("latin-1")


def letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())


def files(tier: Tier) -> Iterator[tuple[str, bytes]]:
    made = told(tier)
    for form, one in FORMATS.items():
        yield file_name(made, form), one.write(made, pages())
    if tier is not Tier.PUBLIC:
        for form in HOT_WASH:
            yield f"hot-wash.{form}", hot_wash_of(made, 1, form, pages())


@pytest.mark.parametrize("tier", [Tier.ANALYST, Tier.PUBLIC])
def test_no_mark_of_45_delegations_is_in_any_file_that_leaves(tier: Tier):
    marks = {letters(mark) for one in range(MANY) for mark in canaries(one)}
    assert len(marks) == MANY * MARKS == 900
    known = re.compile("|".join(sorted(marks)))
    for name, content in files(tier):
        held = letters(name + " ".join(unpacked(content)))
        assert known.findall(held) == [], name


def test_the_same_search_finds_the_marks_where_they_may_be():
    known = re.compile("|".join(letters(mark) for one in range(MANY) for mark in canaries(one)))
    for name, content in files(Tier.FULL):
        found = set(known.findall(letters(name + " ".join(unpacked(content)))))
        wanted = 15 if name.startswith("hot-wash") else 400
        assert len(found) > wanted, (name, len(found))


def test_no_sheet_of_feedback_is_in_any_file_and_whoever_agreed_is_named_in_the_full_report_alone():
    for tier in (Tier.FULL, Tier.ANALYST, Tier.PUBLIC):
        assert told(tier).feedback[0].statements[0].counts.cells
        for name, content in files(tier):
            held = letters(name + " ".join(unpacked(content)))
            assert letters(SHEET) not in held, (tier, name)
            named = tier is Tier.FULL and not name.startswith("hot-wash")
            assert (letters(NAMED) in held) is named, (tier, name)


def test_no_seat_and_no_clock_time_is_in_them():
    for tier in (Tier.ANALYST, Tier.PUBLIC):
        data = told(tier).model_dump_json()
        assert not re.findall(r"T(?!00:00:00)\d\d:\d\d", data)
        assert "head-" not in data


# Who is who


EXPORTS = 1000
FEW = 4


@cache
def thousand() -> list[dict[str, dict[str, str]]]:
    """A thousand reports as data, made as every export is: whom each section calls what, by who it is.

    Each of the delegations is known by what it alone did: by the entry of its answer, and by the body it alone would
    call.
    """
    asks = [
        {"id": "q1", "kind": "scale", "ask": "How sure?"},
        {"id": "q2", "kind": "contacts", "ask": "Whom?"},
    ]
    names = [f"land-{number}" for number in range(FEW)]
    known = {name: Delegation(name=f"Land {name[-1]}", tables=("T1",)) for name in names}
    history = History(days([tells("D1-01", questions=asks)]), created("House", **known)).opened(1).released("D1-01")
    for name in names:
        history.answered(head(name), "D1-01", "q1", scale=3)
        history.answered(
            head(name), "D1-01", "q2", contacts=[{"to": f"Body {name[-1]}", "channel": "phone", "hours": 1}]
        )
    whose = {spelt(one[-1].seq): name for (_inject, _question, name), one in history.state.responses.items()}
    return [_called(report(history, Tier.ANALYST), whose) for _one in range(EXPORTS)]


def _called(made: Report, whose: Mapping[str, str]) -> dict[str, dict[str, str]]:
    (inject,) = made.injects
    found = {
        question.id: {whose[one.versions[-1].evidence or ""]: one.delegation for one in question.answers}
        for question in inject.questions
    }
    network = made.network
    assert network is not None
    called = {f"land-{network.names[tie.target][-1]}": tie.source for tie in network.ties}
    return {**found, "network": called}


def test_whom_an_analysts_report_calls_what_is_chance_over_a_thousand_exports():
    reports = thousand()
    for section in ("q1", "q2", "network"):
        labelled = Counter(one for made in reports for one in made[section].items())
        labels = {label for _name, label in labelled}
        expected = EXPORTS / FEW
        chi = sum((labelled[name, label] - expected) ** 2 / expected for name in reports[0]["q1"] for label in labels)
        freedom = (FEW - 1) ** 2
        assert len(labels) == FEW
        assert abs(chi - freedom) < 6 * (2 * freedom) ** 0.5, "each delegation has each number equally often"
        agreed = sum(len(one[section].items() & reports[0][section].items()) for one in reports[1:])
        assert abs(agreed - EXPORTS) < 6 * EXPORTS**0.5, "two exports agree on one delegation, as chance has it"


@pytest.mark.parametrize("first, second", [("q1", "q2"), ("q2", "network")])
def test_what_a_delegation_is_called_in_one_section_tells_nothing_of_the_next_over_a_thousand_exports(
    first: str, second: str
):
    """Two who lay sections on one another by their labels are right as often as by chance."""
    reports = thousand()
    pairs = [(one[first][name], one[second][name]) for one in reports for name in one[first]]
    moved = Counter((int(a[1:]) - int(b[1:])) % FEW for a, b in pairs)

    assert abs(moved[0] - EXPORTS) < 6 * EXPORTS**0.5, "one label is the same, as chance has it"
    assert max(abs(many - EXPORTS) for many in moved.values()) < 6 * EXPORTS**0.5, "and no shift is more frequent"


def test_no_label_links_the_sections_of_an_analysts_report_unless_it_was_chosen():
    history = crowd(16)
    apart, linked = (report(history, Tier.ANALYST, seed=SEED, linked=one) for one in (False, True))

    def orders(made: Report) -> list[list[str]]:
        """Whose answers stand where, question by question, by what each delegation's canary says."""
        said = [question.answers for inject in made.injects for question in inject.questions]
        return [[own[one.versions[-1].evidence or ""] for one in answers if one.versions] for answers in said]

    full = report(history, Tier.FULL)
    own = {
        version.evidence or "": one.delegation
        for inject in full.injects
        for question in inject.questions
        for one in question.answers
        for version in one.versions
    }
    assert len({tuple(one) for one in orders(linked) if len(one) == 16}) == 1
    whole = [tuple(one) for one in orders(apart) if len(one) == 16]
    assert len(set(whole)) == len(whole) > 2
    assert (apart.linked, linked.linked) == (False, True)
    assert {note.delegation for inject in apart.injects for note in inject.observations} <= {None}


def test_reports_made_one_after_the_other_call_the_same_delegation_differently():
    history = crowd(16)
    made = [report(history, Tier.ANALYST).injects[0].questions[1].answers for _one in range(4)]

    assert len({tuple(one.delegation for one in answers) for answers in made}) == 1, "the numbers stand in their order"
    chosen = {tuple(one.versions[-1].evidence for one in answers) for answers in made}
    assert len(chosen) == 4, "and whose answer stands first is drawn anew"


# The same again


@pytest.mark.parametrize("form", list(FORMATS))
def test_the_same_record_and_seed_give_the_same_bytes(form: str):
    history = crowd(5)
    first, again = (
        FORMATS[form].write(report(history, Tier.ANALYST, people=crowd_people(5), seed=SEED), pages()) for _one in "12"
    )
    other = FORMATS[form].write(report(history, Tier.ANALYST, people=crowd_people(5), seed=b"another"), pages())

    assert first == again
    assert first != other


def test_no_document_tells_who_made_it_and_when():
    made = dict(files(Tier.ANALYST))
    for name, content in made.items():
        if content[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}, name
                core = packed.read("docProps/core.xml").decode()
                assert not re.search(
                    r"<dc:creator>[^<]|dcterms:created|dcterms:modified|lastModifiedBy>[^<]|revision", core
                )
                assert b"Macintosh" not in packed.read("docProps/app.xml")
        if content[:5] == b"%PDF-":
            assert not re.search(rb"/(CreationDate|ModDate|Author)", content), name
    assert json.loads(made[file_name(told(Tier.ANALYST), "json")])["made_at"].endswith("T00:00:00Z")
