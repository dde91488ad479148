"""Conditions in words: `screening == custody_first` is said as “How screening is done” is custody first."""

import ast
import re
from collections.abc import Callable, Mapping

from ttx.scenario.conditions import Unreadable, opposite, parse
from ttx.scenario.model import Scenario

Say = Callable[[str], str]


def labels(scenario: Scenario) -> dict[str, str]:
    """What each variable is called, by its id."""
    return {name: one.label or "" for name, one in scenario.variables.items()}


def phrase(text: str, named: Mapping[str, str], _: Say = str) -> str:
    """A condition in words of the language that `_` says. `named` has the variables' labels by id, empty where there is
    none; what cannot be read as a condition comes back as it was written."""
    try:
        return _Phrasing(named, _).said(parse(text).tree)
    except Unreadable:
        return text


def called(name: str, named: Mapping[str, str]) -> str:
    """What a variable is called: its label in quotation marks, else its id as words."""
    return f"\u201c{named[name]}\u201d" if named.get(name) else spelt(name)


def spelt(value: object) -> str:
    """A value as words: `custody_first` is custody first, `PortEllory` is Port Ellory."""
    if isinstance(value, bool):
        return str(value).lower()
    words = str(value)
    if re.fullmatch(r"\w+", words):
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", words.replace("_", " ")).strip()
    return words[:60] or "\u201c\u201d"


class _Phrasing:
    def __init__(self, named: Mapping[str, str], _: Say) -> None:
        self.named, self._ = named, _
        self.comparisons: Mapping[type[ast.cmpop], str] = {
            ast.Eq: _("{variable} is {value}"),
            ast.NotEq: _("{variable} is not {value}"),
            ast.Lt: _("{variable} is less than {value}"),
            ast.LtE: _("{variable} is at most {value}"),
            ast.Gt: _("{variable} is more than {value}"),
            ast.GtE: _("{variable} is at least {value}"),
            ast.In: _("{variable} is {value}"),
            ast.NotIn: _("{variable} is none of {value}"),
        }

    def said(self, node: ast.expr, within: bool = False) -> str:
        _ = self._
        match node:
            case ast.BoolOp(op=op, values=parts):
                joint = _("{one} and {other}") if isinstance(op, ast.And) else _("{one} or {other}")
                made = self.said(parts[0], True)
                for part in parts[1:]:
                    made = joint.format(one=made, other=self.said(part, True))
                return f"({made})" if within else made
            case ast.UnaryOp(op=ast.Not(), operand=ast.Compare(ops=[op], left=left, comparators=[right])):
                return self.compared(left, opposite(op), right)
            case ast.UnaryOp(op=ast.Not(), operand=ast.Name(id=word)) if word in self.named:
                return _("{variable} is {value}").format(variable=called(word, self.named), value="false")
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return _("not {condition}").format(condition=self.said(operand, True))
            case ast.Compare(left=left, ops=ops, comparators=rights):
                sides = [left, *rights]
                each = [self.compared(one, op, other) for one, op, other in zip(sides, ops, rights, strict=False)]
                made = each[0]
                for other in each[1:]:
                    made = _("{one} and {other}").format(one=made, other=other)
                return f"({made})" if within and len(each) > 1 else made
            case ast.Name(id=word) if word in self.named:
                return _("{variable} is {value}").format(variable=called(word, self.named), value="true")
        return self.side(node)

    def compared(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> str:
        return self.comparisons[type(op)].format(variable=self.side(left), value=self.side(right))

    def side(self, node: ast.expr) -> str:
        match node:
            case ast.Name(id=word):
                return called(word, self.named) if word in self.named else spelt(word)
            case ast.Constant(value=value):
                return spelt(value)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                values = [self.side(part) for part in parts]
                if len(values) < 2:
                    return "".join(values)
                return self._("{one} or {other}").format(one=", ".join(values[:-1]), other=values[-1])
        return ast.unparse(node)
