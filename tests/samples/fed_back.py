"""What the participants of the rehearsed exercise said of it, on two devices a delegation: ballots signed blindly,
sheets that are nobody's, and the comments that two people let go."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from random import Random

from tests.ballots import ballot
from tests.samples.play import FIRST, Played
from tests.samples.said import COMMENTS, NAMED, QUOTED
from ttx.exercise.rights import Seat
from ttx.review.entries import Entry, Kept
from ttx.review.exports import Own, exports, own
from ttx.review.feedback import STATEMENTS, FeedbackClosed, FeedbackOpened, Sheet, gathered
from ttx.review.feedback_commands import opening
from ttx.review.findings import Masked
from ttx.review.leaving_requests import REQUEST, Ground, decide
from ttx.review.opinions import Person, comments, consenting, fed, forms
from ttx.review.parts import Tier
from ttx.scenario.roster import Role
from ttx.store.blind import Key

FORMS = (2, None)
"""Feedback is asked for on day 2, and on the whole exercise."""
LIKED: Mapping[str, tuple[int, ...]] = {
    "organised": (3, 4, 4, 5, 5, 5),
    "plausible": (3, 4, 4, 5, 5),
    "people": (1, 2, 2, 3, 4, 4),
    "facilitated": (4, 4, 5, 5, 5),
    "tools": (2, 3, 4, 4, 5, 5),
    "relevant": (3, 4, 4, 4, 5, 5),
    "takes_home": (2, 3, 3, 4, 5),
}
"""From what a device draws how far it agrees with each of the usual statements."""
LEFT_OUT, KEPT_BACK = 0.1, 0.15
"""How often a statement is left out, and how often a device hands nothing in."""
DEVICES = 2


def written(of: Played, tier: Tier) -> Own:
    """What a report of this tier has besides the record: feedback, comments, and who agreed to be named."""
    log = _log(of)
    held = exports(log)
    names = {name: one.name for name, one in of.state.delegations.items()}
    people = [Person(delegation, name, organisation) for delegation, name, organisation in NAMED]
    masked = Masked(names, [one.name for one in people]) if tier is Tier.ANALYST else str
    return own(held, tier, masked).model_copy(
        update={
            "feedback": fed(forms(log).values(), held.k),
            "participants": consenting(people, names, tier, held.k),
        }
    )


def handed_in(form: FeedbackOpened, sheets: Iterable[Sheet]) -> FeedbackClosed:
    """What a form comes to. Each sheet comes with a ballot that was signed unseen, and lies under its hash, in an order
    that is another each time; what is left is the same."""
    key = Key.drawn()
    box = {}
    for sheet in sheets:
        mine = ballot(f"{key.n:x}")
        box[key.digest(mine.drawn, mine.signed(key.sign(mine.blinded)))] = sheet
    return gathered(form, [box[name] for name in sorted(box)])


def _log(of: Played) -> list[Kept]:
    log: list[Kept] = []
    lead, analyst = (Seat(role.value, "sample", role) for role in (Role.LEAD_FACILITATOR, Role.ANALYST))

    def record(who: Seat, entries: Iterable[Entry]) -> None:
        for entry in entries:
            log.append(Kept(len(log) + 1, FIRST + timedelta(days=5, minutes=len(log)), who.id, entry))

    dice = Random(16)
    for day in FORMS:
        form = opening(of.graph.scenario, log, lead, day)
        record(lead, (form,))
        record(lead, (handed_in(form, _sheets(dice, len(of.state.delegations) * DEVICES, day)),))
    for number, (words, said) in enumerate(QUOTED, 1):
        voices = comments(forms(log).values())
        cited, ground = next(name for name, comment in voices.items() if comment == words), Ground(voices=voices)
        asked = {"do": "propose_quotation", "feedback": cited, "words": said, "verbatim": said == words}
        record(analyst, decide(ground, log, analyst, REQUEST.validate_python(asked)))
        approved = REQUEST.validate_python({"do": "approve_quotation", "quotation": f"Q-{number:02}"})
        record(lead, decide(ground, log, lead, approved))
    return log


def _sheets(dice: Random, devices: int, day: int | None) -> list[Sheet]:
    words = {prompt: list(said) for prompt, said in COMMENTS[day].items()}
    sheets = []
    for _device in range(devices):
        if dice.random() < KEPT_BACK:
            continue
        ratings = {name: dice.choice(LIKED[name]) for name in STATEMENTS if dice.random() >= LEFT_OUT}
        comments = {prompt: left.pop() for prompt, left in words.items() if left}
        sheets.append(Sheet(ratings=ratings, comments=comments))
    return sheets
