"""T3SF's MSEL: a list of injects, each for one player's inbox.

The fields are those of Base4Security/T3SF, examples/MSEL_EXAMPLE.json; T3SF/T3SF.py sends the injects in the order of
the file, at the times of 'Real Time', and tells 'Date' as the time of the story. A 'Poll' is `one | other`.
"""

from typing import Any

from ttx.scenario.formats.calendar import START
from ttx.scenario.formats.entries import audience_of, options_of
from ttx.scenario.formats.json_file import JsonFile
from ttx.scenario.formats.pieces import Piece, Story, choice, finished, spread
from ttx.scenario.formats.records import Ledger, Record
from ttx.scenario.formats.times import DAY, Moment, moment
from ttx.scenario.formats.understood import Understood
from ttx.scenario.formats.words import empty

FORMAT = "T3SF MSEL"
FIELDS = {
    "#": "id", "Real Time": "at", "Date": "notes", "Subject": "title", "From": "sender", "Player": "to",
    "Script": "text", "Poll": "questions", "Photo": "notes", "Picture Name": "notes",
}  # fmt: skip
_NIGHT, _NOON, _AFTERNOON = 480, 720, 780
"""Minutes: a pause that makes a new day, and when on the clock one may end and begin."""
_KNOWN = frozenset((*FIELDS, "Profile"))


def t3sf(file: JsonFile) -> Understood | None:
    """The MSEL in this file; None if it is none."""
    if not _is_msel(file.data):
        return None
    ledger = Ledger()
    records = ledger.items(file.data, "", "MSEL")
    story = Story(file.name, "")
    pieces = [_piece(record, story) for record in records]
    if pieces:
        _timed(records, pieces, story)
        story.guessed.add("The title was made of the file's name")
    return finished(FORMAT, file, ledger, FIELDS, story, pieces, len(file.data))


def _is_msel(data: Any) -> bool:
    """Whether most of a list are objects with at least four of T3SF's fields, one of them what is told."""
    if not isinstance(data, list) or not data:
        return False
    alike = sum(
        isinstance(one, dict) and len(_KNOWN & one.keys()) >= 4 and ("Script" in one or "Subject" in one)
        for one in data
    )
    return alike * 2 > len(data)


def _piece(record: Record, story: Story) -> Piece:
    key = record.text("#")
    poll, player, picture = record.text("Poll"), record.text("Player"), record.text("Photo")
    name, profile, date = record.text("Picture Name"), record.text("Profile"), record.text("Date")
    piece = Piece(key or record.place.rpartition("/")[2], record.text("Subject"), record.text("Script"))
    piece.sender, piece.channel = record.text("From"), "email"
    if player and not empty(player) and not audience_of(player)[0]:
        story.group(player)
        piece.to = [player]
    if date:
        piece.notes.append(f"**Scenario time:** {date}")
    if picture or name:
        piece.notes.append(f"**Picture:** {' '.join(filter(None, (name, picture)))}")
        story.left.add("Pictures ('Photo', 'Picture Name') were not fetched; where they are stands in the notes",
                       record.place)  # fmt: skip
    if profile:
        story.left.add("The senders' portraits ('Profile') were not taken", record.place)
    options = options_of(poll)
    if len(options) > 1:
        piece.kind = "expected_action"
        piece.questions = [choice(piece.title or piece.text or "Poll", options)]
    elif poll:
        piece.notes.append(f"**Poll:** {poll}")
    return piece


def _timed(records: list[Record], pieces: list[Piece], story: Story) -> None:
    """The minute of each piece, in the order of the file; a time that goes back is past midnight or the next day's."""
    story.guessed.add("T3SF delivers into inboxes; 'email' was taken for how they arrive")
    if story.groups:
        story.guessed.add("Players became working groups, to which the injects go")
    said = [record.text("Real Time") for record in records]
    times = [moment(text) if text else None for text in said]
    if not any(time is not None and time.minute is not None for time in times):
        story.guessed.add("No inject has a time; they were put a quarter of an hour apart from 09:00")
        spread(pieces)
        return
    first = next((time for time in times if time is not None and time.on is not None), None)
    day, before = 0, None
    for piece, text, time in zip(pieces, said, times, strict=True):
        minute = time.minute if time is not None and not time.offset else None
        if time is None or minute is None:
            minute = before if before is not None else START
            story.guessed.add("There is no time that can be read; that of the inject before was taken", piece.key)
            if text:
                piece.notes.append(f"**Real Time:** {text}")
        elif (dated := _day(time, first)) is not None:
            day = max(day, dated)
        elif before is not None and minute < before:
            past = minute + DAY - before
            if past < _NIGHT if before < DAY else past >= 0 and minute < _NOON:
                minute += DAY
            elif before >= _AFTERNOON and minute <= _NOON:
                day += 1
            else:
                story.guessed.add("The time goes back; that of the inject before was taken", piece.key)
                piece.notes.append(f"**Real Time:** {text}")
                minute = before
        before = minute
        piece.day, piece.minute = day, minute


def _day(time: Moment, first: Moment | None) -> int | None:
    """The days since the first date, where a time has one."""
    if time.day is not None:
        return max(0, time.day - 1)
    if time.on is None or first is None or first.on is None:
        return None
    return min(10_000, max(0, (time.on - first.on).days))
