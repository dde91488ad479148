"""Which sentences the pages say, and which of them a delegation reads: found in the templates and in the code.

A delegation reads the papers it takes, what is said to it in `worded()`, and what its pages reach: what they extend,
include and import, macro by macro, and their regions, but for the branches that are for another page. So nobody keeps a
list of sentences.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from jinja2 import Environment, nodes

from ttx.pages.catalogues import EVERYTHING, head_of, translated
from ttx.pages.environment import DELEGATES, ON_THEM

REGIONS = frozenset({
    "bar", "timer", "notice", "stop", "comms-test", "nudge", "thread", "waiting", "development", "question", "vote",
    "choice", "wash", "gaps-head", "gap", "gaps-past", "summary", "stage", "hands", "draft", "agenda", "chart",
    "glossary", "guide", "note", "heard", "earlier",
})  # fmt: skip
"""The kinds of region that tablets and the hall's screen have."""
RIGHTS = frozenset({"may_run", "may_lift", "may_approve", "may_move", "may_keep_door", "may_demand"})
"""What only a facilitator's page has: nobody else reads what stands behind it."""
PAPERS = frozenset({"output/front.py", "output/manual.py", "output/own_record.py", "output/certificate.py"})
"""The code of the papers a delegation takes: it says its sentences through `_`."""
STAFF_PAPERS = frozenset({"output/handbook.py", "output/entry.py", "output/labels.py", "scenario/phrasing.py"})
"""The code of those that the team takes: what is said there through `_` or is `named()` is said in the languages that
have it."""

Words = str | tuple[str, str]
"""A sentence that is its own key; or one for one, and one for several."""


@dataclass(slots=True)
class Wording:
    """Every sentence, with the files it stands in, and those among them that a delegation reads."""

    places: dict[Words, set[str]] = field(default_factory=dict)
    read: set[Words] = field(default_factory=set)

    def add(self, words: Words, place: str, by_delegates: bool) -> None:
        """Take in a sentence."""
        self.places.setdefault(words, set()).add(place)
        if by_delegates:
            self.read.add(words)


@dataclass(frozen=True, slots=True)
class Progress:
    """Of a language: how many of the delegations' sentences are translated, how many of the others, who reviewed it."""

    language: str
    read: int
    of_read: int
    rest: int
    of_rest: int
    reviewed: str


def wording(templates: Path, code: Path) -> Wording:
    """Every sentence of the pages, of the papers, and of `worded(...)` in the code: what is said so, a delegate may
    meet."""
    found = Wording()
    trees = _trees(templates)
    for name, tree in trees.items():
        for words in _sentences(tree):
            found.add(words, f"templates/{name}", False)
    for page in ON_THEM:
        for name, node in _reached(trees, page):
            for words in _sentences(node, page):
                found.add(words, f"templates/{name}", True)
    for file in sorted(code.rglob("*.py")):
        place = file.relative_to(code).as_posix()
        says = {"worded": None, "_": None} if place in PAPERS else {"worded": None}
        with file.open("rb") as opened:
            for _, message, _, _ in extract("python", opened, keywords=says):
                found.add(str(message), place, True)
            if place in STAFF_PAPERS:
                opened.seek(0)
                for _, message, _, _ in extract("python", opened, keywords={"named": None, "_": None}):
                    found.add(str(message), place, False)
    return found


def update(catalog: Catalog, wording: Wording) -> Catalog:
    """The catalogue with every sentence a delegation reads, translated or not yet, and the others as far as they are
    translated (all of them, where it is for everything). What is not said any more is left out."""
    everything = head_of(catalog).get("Covers") == EVERYTHING
    fresh = Catalog(locale=catalog.locale, header_comment=catalog.header_comment, fuzzy=False)
    fresh.mime_headers = catalog.mime_headers
    fresh.creation_date = catalog.creation_date
    fresh.revision_date = catalog.revision_date
    for words in sorted(
        wording.places, key=lambda one: (one not in wording.read, sorted(wording.places[one]), str(one))
    ):
        known = catalog.get(words if isinstance(words, str) else words[0])
        same = known is not None and (known.id == words or tuple(known.id) == words)
        if known is None or not same:
            if words in wording.read or everything:
                fresh.add(words, locations=_where(wording, words))
        elif words in wording.read or everything or translated(known):
            comments = known.user_comments
            fresh.add(words, known.string, _where(wording, words), known.flags, user_comments=comments)
    return fresh


def progress(language: str, catalog: Catalog, wording: Wording) -> Progress:
    """How far a language is."""
    there = {tuple(one.id) if not isinstance(one.id, str) else one.id for one in catalog if one.id and translated(one)}
    rest = wording.places.keys() - wording.read
    reviewed = head_of(catalog).get("Reviewed by", "")
    return Progress(language, len(wording.read & there), len(wording.read), len(rest & there), len(rest), reviewed)


def _where(wording: Wording, words: Words) -> list[tuple[str, int]]:
    return [(place, 0) for place in sorted(wording.places[words])]


def _trees(templates: Path) -> dict[str, nodes.Template]:
    environment = Environment(autoescape=True, extensions=["jinja2.ext.do"])
    files = sorted(file for file in templates.rglob("*") if file.suffix in (".html", ".svg"))
    return {file.relative_to(templates).as_posix(): environment.parse(file.read_text()) for file in files}


def _sentences(node: nodes.Node, page: str | None = None) -> Iterator[Words]:
    """The sentences below a node; with `page`, without those that only another page says, and without macros."""
    for one in _below(node, page):
        if isinstance(one, nodes.Call) and isinstance(one.node, nodes.Name) and one.node.name in ("_", "ngettext"):
            said = [argument.value for argument in one.args if isinstance(argument, nodes.Const)]
            if one.node.name == "_" and said:
                yield str(said[0])
            elif len(said) > 1:
                yield str(said[0]), str(said[1])


def _below(node: nodes.Node, page: str | None) -> Iterator[nodes.Node]:
    yield node
    if page is not None and isinstance(node, nodes.If):
        yield from _below(node.test, page)
        bodies = [(node.test, node.body), *((one.test, one.body) for one in node.elif_), (None, node.else_)]
        for test, body in bodies:
            fits = None if test is None else _holds(test, page)
            if fits is not False:
                for one in body:
                    yield from _below(one, page)
            if fits is True:
                return
        return
    if page is not None and isinstance(node, nodes.CondExpr):
        fits = _holds(node.test, page)
        yield from _below(node.test, page)
        if fits is not False:
            yield from _below(node.expr1, page)
        if fits is not True and node.expr2 is not None:
            yield from _below(node.expr2, page)
        return
    for one in node.iter_child_nodes():
        if page is None or not isinstance(one, nodes.Macro):
            yield from _below(one, page)


def _holds(test: nodes.Node, page: str) -> bool | None:
    """Whether a test holds on this page; None where it depends on something else."""
    match test:
        case nodes.Name(name=name) if name in RIGHTS:
            return False
        case nodes.Getattr(attr=name) if name in RIGHTS:
            return False
        case nodes.And(left=left, right=right):
            sides = (_holds(left, page), _holds(right, page))
            return False if False in sides else True if sides == (True, True) else None
        case nodes.Or(left=left, right=right):
            sides = (_holds(left, page), _holds(right, page))
            return True if True in sides else False if sides == (False, False) else None
        case nodes.Not(node=inner):
            inside = _holds(inner, page)
            return None if inside is None else not inside
        case nodes.Compare(expr=nodes.Name(name="page"), ops=[nodes.Operand(op=op, expr=other)]):
            named = _named(other)
            if op in ("eq", "in"):
                return page in named
            return page not in named
        case _:
            return None


def _named(node: nodes.Node) -> frozenset[str]:
    return frozenset(one.value for one in (node, *node.find_all(nodes.Const)) if isinstance(one, nodes.Const))


def _reached(trees: Mapping[str, nodes.Template], page: str) -> Iterator[tuple[str, nodes.Node]]:
    """What delegations' pages are made of: whole templates, and macros by their name."""
    views = [name for name in trees if name.startswith("hall/")]
    waiting: list[tuple[str, str | None]] = [
        (name, None) for name in (*DELEGATES, *(f"regions/{one}.html" for one in REGIONS), *views) if name in trees
    ]
    met = set(waiting)
    lent = {name: one for tree in trees.values() for name, one in _imported(tree).items()}
    while waiting:
        name, macro = waiting.pop()
        macros = {one.name: one for one in trees[name].find_all(nodes.Macro)}
        node: nodes.Node = nodes.Scope(macros[macro].body) if macro is not None and macro in macros else trees[name]
        yield name, node
        for target in _targets(name, node, macros, {**lent, **_imported(trees[name])}, page):
            if target not in met:
                met.add(target)
                waiting.append(target)


def _targets(
    name: str,
    node: nodes.Node,
    macros: Mapping[str, nodes.Macro],
    imported: Mapping[str, tuple[str, str]],
    page: str,
) -> Iterator[tuple[str, str | None]]:
    for one in _below(node, page):
        match one:
            case nodes.Extends(template=nodes.Const(value=other)) | nodes.Include(template=nodes.Const(value=other)):
                yield str(other), None
            case nodes.Name(name=called) if called in macros:
                yield name, called
            case nodes.Name(name=called) if called in imported:
                yield imported[called]
            case _:
                pass


def _imported(tree: nodes.Template) -> dict[str, tuple[str, str]]:
    """The macros a template imports, by the name it calls them. What it includes may call them too."""
    return {
        (one if isinstance(one, str) else one[1]): (str(source.template.value), one if isinstance(one, str) else one[0])
        for source in tree.find_all(nodes.FromImport)
        if isinstance(source.template, nodes.Const)
        for one in source.names
    }
