"""A paper that is printed while errors stand in its way: a draft, with a sheet on top that says so and names them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from ttx.output.paper import Block, Box, Heading, Items, Paper, Text, told

InTheWay: TypeAlias = Sequence[tuple[str, Sequence[str]]]
"""What stands in a paper's way: by day, or whatever it is about, a sentence each. In English, as findings are."""


def drafted(paper: Paper, in_the_way: InTheWay) -> Paper:
    """The paper as a draft, with what stands in its way on its first page; the same paper where nothing does."""
    many = sum(len(sentences) for _, sentences in in_the_way)
    if many == 0:
        return paper
    errors = "One error stands" if many == 1 else f"{many} errors stand"
    blocks: list[Block] = [
        Heading(1, "What stands in the way", listed=False),
        Box(
            "notice",
            "Draft: not to be handed out",
            (
                Text(told(f"{errors} in the way of this paper, and no exercise can start before they are mended.")),
                Text(told("What could not be read is left out of it, or stands there as a question mark.")),
            ),
        ),
    ]
    for about, sentences in in_the_way:
        blocks += [Heading(2, about, listed=False), Items(tuple((Text(told(one)),) for one in sentences))]
    return replace(paper, draft=tuple(blocks))
