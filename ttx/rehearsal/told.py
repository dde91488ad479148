"""The figures of a rehearsal as a table for a terminal."""

from collections.abc import Iterator
from textwrap import wrap

from ttx.rehearsal.figures import DayRun, Figures, InjectRun

WIDEST = 40
"""Letters of a title."""


def table(told: Figures) -> str:
    """Everything that is told, for a terminal of 100 letters."""
    return "\n".join(_lines(told))


def _lines(told: Figures) -> Iterator[str]:
    yield f"Rehearsal of {told.title}"
    yield (
        f"{told.delegations} delegations, {told.tablets} tablets, {told.speed:g} times faster than the clock, "
        f"seed {told.seed}. All minutes are the story's."
    )
    if told.caution is not None:
        yield ""
        yield from wrap(told.caution, 100)
    for day in told.days:
        yield ""
        yield from _day(day)
    yield ""
    yield "Where it overruns" if told.overruns else "Nothing overruns."
    yield from (f"  {one}" for one in told.overruns)
    yield ""
    yield "What tablets waited for, in milliseconds"
    yield f"  {'':38}{'median':>8}{'99th':>8}{'times':>8}"
    for label, values in (
        ("release to each tablet", told.released_to_tablet),
        ("release to the last tablet", told.released_to_last),
        ("answer to its receipt", told.answered_to_acknowledged),
    ):
        yield f"  {label:38}{_figure(values.median):>8}{_figure(values.p99):>8}{values.count:>8}"
    yield ""
    yield f"{told.failed} failed." if told.failed else "Nothing failed."
    yield from (f"  {one.who}, {one.what}: {one.sentence}" for one in told.failures)


def _day(day: DayRun) -> Iterator[str]:
    late = f"{day.drift:+.0f}" if day.closed else "stopped before it was closed"
    yield f"Day {day.day}: {day.title}"
    yield f"  planned {day.planned_minutes} minutes, took {day.minutes:.0f} ({late})"
    yield f"  {'':8}{'':42}{'plan':>6}{'took':>6}   answered after (first, median, last)"
    for session in day.sessions:
        over = f"ends {session.over:+.0f}" if session.over is not None else ""
        yield (
            f"  {session.began_at:8}{_short(session.title.upper()):42}{session.planned_minutes:>6}"
            f"{_figure(session.minutes):>6}   {over}"
        )
        yield from (_inject(one) for one in day.injects if one.session == session.id)


def _inject(one: InjectRun) -> str:
    title = _short(f"{one.id} {one.title}")
    row = f"  {one.released_at:8}{title:42}{one.planned_minutes:>6}{_figure(one.minutes):>6}"
    if one.asked:
        times = " ".join(f"{_figure(value):>5}" for value in (one.first, one.median, one.last))
        silent = f", {one.silent} silent" if one.silent else ""
        away = f", {one.away} not connected" if one.away else ""
        row += f"   {times}  {one.answered}/{one.asked}{silent}{away}"
    return row + (f"   decided {one.decided}" if one.decided is not None else "")


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f}"


def _short(text: str) -> str:
    return text if len(text) <= WIDEST else text[: WIDEST - 1].rstrip() + "\u2026"
