"""A chapter of an after-action report: how a delegation's policy, legal and operational answers lie to each other."""

from collections.abc import Iterator

from ttx.output.labels import VOICES, Say
from ttx.output.paper import Block, Facts, Figure, Heading, Run, Runs, Table, Text, joined, said, told
from ttx.review.report import Report
from ttx.review.voices import RULES, Accord, Choir, Topic

ACCORDS = {
    Accord.ALIKE: "Alike",
    Accord.APART: "Apart",
    Accord.UNHEARD: "Unheard",
    Accord.READ: "To be read",
}
LONGEST = 160
"""Letters of an answer in the table; whole it stands among the answers, where its id leads."""


def voices_chapter(of: Report, picture: bytes | None, _: Say) -> Iterator[Block]:
    """Which voices agree how often, drawn (`picture`, as SVG), then topic by topic what each delegation's answered."""
    if not of.voices:
        return
    yield Heading(1, _("Policy, law and operations"))
    yield Text(
        told(
            _(
                "Some questions asked a delegation for its policy, its law or its practice. Where two asked the same "
                "in the same form, the answers are compared."
            )
        ),
        "soft",
    )
    yield Facts(tuple((_(ACCORDS[name]), told(_(rule))) for name, rule in RULES.items()))
    yield from voices_tables(of, picture, _)
    for topic in of.voices:
        yield Heading(2, topic.title, own=True, label=topic.inject)
        for voice, (number, ask) in topic.asks.items():
            line = Run(f"{_called(voice, _)}, {topic.inject}.{number}: ", bold=True)
            yield Text((line, *said(ask)), "soft" if topic.compared else "")
        if topic.compared:
            yield _answers(topic, _)


def _called(voice: str, _: Say) -> str:
    """A voice at the beginning of a line or a column."""
    word = _(VOICES[voice])
    return word[:1].upper() + word[1:]


def voices_tables(of: Report, picture: bytes | None, _: Say) -> Iterator[Block]:
    """At a glance: pairs of voices, and topics, drawn and as a table."""
    if of.voice_pairs:
        yield Text(told(_("How often two of them answered alike, over all delegations:")), "soft")
        yield Table(
            (_("Voices"), _("Alike"), _("Apart")),
            tuple(
                (
                    told(f"{_called(one.first, _)} \u2013 {_(VOICES[one.second])}"),
                    told(_share(one.alike, one.alike + one.apart)),
                    told(_share(one.apart, one.alike + one.apart)),
                )
                for one in of.voice_pairs
            ),
            (50, 25, 25),
            (1, 2),
            _("Policy, law and operations"),
        )
    if of.voices:
        yield Text(told(_("By development, how many delegations' answers are alike or apart:")), "soft")
        if picture is not None:
            alt = _("Of each development, how many delegations' answers are alike or apart, as in the table below")
            yield Figure(picture, "svg", alt, share=0.8, own=False)
        yield Table(
            (_("Development"), *(_(name) for name in ACCORDS.values())),
            tuple(
                (
                    (*told(f"{topic.inject}  ", bold=True), *said(topic.title)),
                    *(told(str(n) if (n := topic.counts[accord]) else "") for accord in ACCORDS),
                )
                for topic in of.voices
            ),
            (52, 12, 12, 12, 12),
            (1, 2, 3, 4),
            _("Delegations by how their answers lie to each other"),
        )


def _answers(topic: Topic, _: Say) -> Table:
    voices = list(topic.asks)
    return Table(
        (_("Delegation"), *(_called(voice, _) for voice in voices), _("Together")),
        tuple(
            (
                said(row.name),
                *(_heard(row, voice) for voice in voices),
                told(_(ACCORDS[row.accord]), bold=row.accord is Accord.APART),
            )
            for row in topic.rows
        ),
        (20, *(64 / len(voices) for _voice in voices), 16),
        (),
        topic.title,
    )


def _heard(row: Choir, voice: str) -> Runs:
    one = row.heard.get(voice)
    if one is None:
        return ()
    short = one.said if len(one.said) <= LONGEST else one.said[: LONGEST - 1].rsplit(" ", 1)[0] + "\u2026"
    return joined((said(short), (Run(one.evidence, to=one.evidence),)), "  ")


def voice_rows(of: Report) -> Iterator[tuple[object, ...]]:
    """A row for each delegation and development that asked its voices."""
    for topic in of.voices:
        for row in topic.rows:
            words = (one.said if (one := row.heard.get(voice)) is not None else "" for voice in VOICES)
            cited = " ".join(one.evidence for one in row.heard.values())
            yield topic.inject, topic.title, row.name, *words, ACCORDS[row.accord], cited


def pair_rows(of: Report) -> Iterator[tuple[object, ...]]:
    """A row for each two voices that were compared."""
    for one in of.voice_pairs:
        yield _called(one.first, str), _called(one.second, str), one.alike, one.apart


def _share(many: int, of: int) -> str:
    return f"{many} ({100 * many / of:.0f}\u00a0%)"
