"""What was understood of a file that somebody brought: the data, what was guessed for it and what was left out.

Every reader of a format returns an `Understood`. What a reader may count on, and who calls it, is `readers`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ttx.scenario.files import ROSTERS
from ttx.scenario.writing import fresh, written

ROSTER = ROSTERS[0]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its header as it stands there, the field it became, why, and its first values.

    `field` is None where the column is not taken. `why` is `name` where the header said it, `content` where
    the cells did, `person` where somebody corrected it, and `unknown` where nobody knows.
    """

    header: str
    field: str | None
    why: Literal["name", "content", "person", "unknown"]
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """A file as far as it was understood.

    `format` names the format in words (`MSEL workbook`, `T3SF MSEL`). `rows` counts the rows, or records, that
    hold something an inject could be made of; `injects` those that became one. `mapping` says by header (or by the
    format's own field) which field it became. `guessed` holds a sentence for every thing that was made up,
    `left_out` one for every thing that was not taken, with its place. `refused` is the sentence why nothing
    is imported; then there is no `data`. `data` is a scenario as plain data, its days as a list, fit for
    `writing.written`; `pictures` are files for its folder `pictures`, by name. `texts`, where the file is
    a scenario's own folder, are its files byte for byte, to be taken instead of `data`. `columns` and `layout`, the
    digest of the normalised headers, belong to tables. `roster` is who takes part, as `roster.yaml` holds it, where the
    file tells that and has no `texts`.
    """

    format: str
    rows: int = 0
    injects: int = 0
    mapping: Mapping[str, str] = field(default_factory=dict)
    guessed: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    refused: str | None = None
    data: Mapping[str, Any] | None = None
    columns: tuple[Column, ...] = ()
    layout: str | None = None
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    roster: Mapping[str, Any] | None = None

    def files(self) -> Mapping[str, str]:
        """A scenario's files with all of it, by name. Raises as `writing.written`."""
        if self.texts:
            return self.texts
        roster = {ROSTER: fresh(ROSTER, self.roster)} if self.roster is not None else {}
        return {**written(self.data or {}), **roster}
