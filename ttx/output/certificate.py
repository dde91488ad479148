"""A certificate of participation as PDF, one sheet, for somebody who agreed to be named and takes it himself."""

from collections.abc import Callable
from dataclasses import dataclass

from ttx.output.labels import Say
from ttx.output.manual import words
from ttx.output.paper import BACKWARD, MARKING, rightward
from ttx.output.typesetter import accessible, alone
from ttx.settings import carried

TEMPLATE = carried("frontend") / "templates" / "certificate.typ"


@dataclass(frozen=True, slots=True)
class Certified:
    """Who took part in what. `dates` as they are told; `language` is that of the exercise's title, `spoken` that of
    the rest."""

    name: str
    organisation: str
    exercise: str
    dates: str
    language: str
    spoken: str


def certificate(of: Certified, _: Say = str, instead: Callable[[], bytes] | None = None) -> bytes:
    """The certificate, accessible by PDF/UA-1. Where a letter has no font on this machine, what `instead` makes;
    without it a letter is a box, the sheet says so, and the PDF is tagged and no more."""
    spoken = alone(of.spoken)
    data = {
        "title": _("Certificate of participation"),
        "says": _("This is to say that"),
        "name": of.name,
        "name-back": rightward(of.name),
        "organisation": of.organisation,
        "took-part": _("took part in the exercise"),
        "exercise": of.exercise,
        "dates": of.dates,
        "notice": _("Made at the wish of the person named. The events of the exercise were invented."),
        "marking": MARKING,
        "language": alone(of.language),
        "spoken": spoken,
        "back": spoken in BACKWARD,
    }
    return accessible(TEMPLATE.read_bytes(), data, words(_).boxes, {}, instead)
