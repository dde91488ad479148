"""A scenario's Markdown as blocks of a paper. The same Markdown as on the pages: no HTML, links or pictures."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from ttx.output.paper import Block, Items, Quoted, Run, Runs, Table, Text

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@lru_cache(maxsize=4096)
def prose(text: str) -> tuple[Block, ...]:
    """A text's paragraphs, lists, quotations and tables. A heading inside it is a bold paragraph: the outline is the
    paper's."""
    return tuple(_blocks(SyntaxTreeNode(_MARKDOWN.parse(text)).children))


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> Iterator[Block]:
    for node in nodes:
        match node.type:
            case "paragraph" | "inline":
                yield Text(_runs(node))
            case "heading":
                yield Text(tuple(_styled(node, bold=True)))
            case "bullet_list":
                yield Items(tuple(tuple(_blocks(item.children)) for item in node.children))
            case "ordered_list":
                start = node.attrs.get("start", 1)
                yield Items(tuple(tuple(_blocks(item.children)) for item in node.children), int(start))
            case "blockquote":
                yield Quoted(tuple(_blocks(node.children)))
            case "fence" | "code_block":
                yield Text((Run(node.content.rstrip("\n"), code=True, own=True),))
            case "table":
                yield _table(node)
            case "hr":
                yield Text((Run("* * *", own=True),))
            case _:
                yield Text((Run(node.content, own=True),))


def _table(node: SyntaxTreeNode) -> Table:
    lines = [[_runs(cell) for cell in row.children] for part in node.children for row in part.children]
    wide = [max([8, *(len("".join(run.text for run in line[at])) for line in lines)]) for at in range(len(lines[0]))]
    head = tuple("".join(run.text for run in cell) for cell in lines[0])
    return Table(head, tuple(tuple(line) for line in lines[1:]), tuple(min(width, 60) for width in wide))


def _runs(node: SyntaxTreeNode) -> Runs:
    return tuple(run for run in _styled(node) if run.text)


def _styled(node: SyntaxTreeNode, *, bold: bool = False, italic: bool = False) -> Iterator[Run]:
    """The runs of an inline node. A picture leaves its description."""
    for child in node.children:
        match child.type:
            case "text" | "html_inline":
                yield Run(child.content, bold, italic, own=True)
            case "strong":
                yield from _styled(child, bold=True, italic=italic)
            case "em":
                yield from _styled(child, bold=bold, italic=True)
            case "code_inline":
                yield Run(child.content, bold, italic, code=True, own=True)
            case "softbreak" | "hardbreak":
                yield Run("\n", own=True)
            case _:
                yield from _styled(child, bold=bold, italic=italic)
