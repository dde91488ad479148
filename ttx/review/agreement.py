"""How far two coders agree beyond chance: Cohen's kappa of one code over the pieces both coded independently.

J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960), 37-46.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

DEFINITION = "kappa = (p_o - p_e) / (1 - p_e)"
"""`p_o` is the share of pieces on which both say the same, `p_e` the share that would come of chance: each coder giving
the code to as many pieces as he did, but to any."""

Reason = Literal["nothing", "always", "never"]

UNDEFINED: Mapping[Reason, str] = {
    "nothing": "undefined: there is no piece that both finished without having seen the other's codes",
    "always": "undefined: both gave this code to every piece, so that agreement by chance is certain",
    "never": "undefined: neither gave this code to any piece, so that agreement by chance is certain",
}
"""Why there is no kappa."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two coders' use of one code: to how many pieces both gave it, only the first, only the second, neither.

    `observed` and `expected` are p_o and p_e; all three figures are None where they are undefined, for `reason`.
    """

    both: int
    first: int
    second: int
    neither: int
    observed: float | None
    expected: float | None
    kappa: float | None
    reason: Reason | None

    @property
    def pieces(self) -> int:
        """How many pieces there were."""
        return self.both + self.first + self.second + self.neither


def cohen(both: int, first: int, second: int, neither: int) -> Agreement:
    """Cohen's kappa of a two by two table, reckoned in whole numbers so that no rounding hides a division by nothing.

    1 is agreement on every piece, 0 as much as chance would give, less than 0 less than that.
    """
    pieces = both + first + second + neither
    if pieces == 0:
        return Agreement(both, first, second, neither, None, None, None, "nothing")
    by_chance = (both + first) * (both + second) + (second + neither) * (first + neither)
    observed, expected = (both + neither) / pieces, by_chance / pieces**2
    if by_chance == pieces**2:
        return Agreement(both, first, second, neither, observed, expected, None, "always" if both else "never")
    kappa = (pieces * (both + neither) - by_chance) / (pieces**2 - by_chance)
    return Agreement(both, first, second, neither, observed, expected, kappa, None)


def agreement(code: str, pieces: Iterable[tuple[Collection[str], Collection[str]]]) -> Agreement:
    """How two coders agree on a code, from the codes that each gave each piece."""
    table = {(True, True): 0, (True, False): 0, (False, True): 0, (False, False): 0}
    for first, second in pieces:
        table[code in first, code in second] += 1
    return cohen(table[True, True], table[True, False], table[False, True], table[False, False])
