"""Conditions on a scenario's variables, as written in `when`: `port == PortEllory and delay_h > 10`.

A bare word that is no variable is text, so authors need no quotes; `true` and `false` are as in YAML. The
grammar is Python's own comparison syntax and nothing of it is ever executed: the tree is walked here.
"""

import ast
import warnings
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ttx.scenario.model import Value


class Unreadable(ValueError):
    """A condition that cannot be understood. Its text is a sentence for the author."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A parsed condition and the words in it that may be variables."""

    text: str
    tree: ast.expr
    words: frozenset[str]

    def holds(self, variables: Mapping[str, Value]) -> bool:
        """Whether the condition is true of these variables; values of unlike kinds never compare as less."""
        return bool(_value(self.tree, variables))

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in it as text or as a bare word, in its order."""
        found = [node.id if isinstance(node, ast.Name) else node.value for node in ast.walk(self.tree)
                 if isinstance(node, ast.Name | ast.Constant)]  # fmt: skip
        return tuple(text for text in found if isinstance(text, str))

    def strangers(self, variables: Collection[str]) -> tuple[str, ...]:
        """The parts that read no variable, so that the condition is always or never true for their sake."""
        return tuple(dict.fromkeys(_strangers(self.tree, variables)))


# Far above any condition an author writes, far below what Python's own parser or stack minds.
_LONGEST = 400
_TRUTHS = {"true": True, "false": False}
_COMPARISONS = (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn)


def parse(text: str) -> Condition:
    """Read a condition; raises Unreadable with a sentence that names what is wrong."""
    if len(text) > _LONGEST:
        raise Unreadable(f"the condition '{text[:40]}...' is longer than {_LONGEST} signs")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise Unreadable(f"the condition '{text}' is not a comparison such as port == PortEllory") from None
    words: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.BoolOp() | ast.UnaryOp(op=ast.Not()) | ast.Tuple() | ast.List():
                pass
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int())):
                pass
            case ast.Compare(ops=ops) if all(isinstance(op, _COMPARISONS) for op in ops):
                pass
            case ast.Name(id=word):
                words.add(word)
            case ast.Constant(value=bool() | int() | str()):
                pass
            case ast.boolop() | ast.cmpop() | ast.Not() | ast.USub() | ast.expr_context():
                pass
            case _:
                raise Unreadable(
                    f"the condition '{text}' may hold comparisons, and, or, not and lists only; "
                    "text with other signs than letters and digits stands in quotes"
                )
    return Condition(text, tree, frozenset(words))


_OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


def opposite(comparison: ast.cmpop) -> ast.cmpop:
    """The comparison that holds where this one does not."""
    return _OPPOSITE[type(comparison)]()


def exclude(one: Condition, other: Condition) -> bool:
    """Whether two conditions can never hold together since one is written as the other's opposite: `a == b` and
    `a != b`, `c` and `not (c)`. False says nothing: other pairs may exclude each other too."""
    match one.tree, other.tree:
        case ast.UnaryOp(op=ast.Not(), operand=inner), tree if ast.dump(inner) == ast.dump(tree):
            return True
        case tree, ast.UnaryOp(op=ast.Not(), operand=inner) if ast.dump(inner) == ast.dump(tree):
            return True
        case ast.Compare(left=left, ops=[op], comparators=[right]), ast.Compare(ops=[against]):
            turned = ast.Compare(left=left, ops=[opposite(op)], comparators=[right])
            return type(against) is _OPPOSITE[type(op)] and ast.dump(turned) == ast.dump(other.tree)
    return False


def _value(node: ast.expr, variables: Mapping[str, Value]) -> object:
    match node:
        case ast.BoolOp(op=ast.And(), values=parts):
            return all(_value(part, variables) for part in parts)
        case ast.BoolOp(values=parts):
            return any(_value(part, variables) for part in parts)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(number))):
            return -number
        case ast.UnaryOp(operand=operand):
            return not _value(operand, variables)
        case ast.Compare(left=left, ops=ops, comparators=rights):
            values = [_value(part, variables) for part in (left, *rights)]
            return all(_compares(op, a, b) for op, a, b in zip(ops, values, values[1:], strict=False))
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return tuple(_value(part, variables) for part in parts)
        case ast.Name(id=word):
            return variables.get(word, _TRUTHS.get(word, word))
        case ast.Constant(value=value):
            return value
        case _:
            raise AssertionError(f"parse() let {ast.dump(node)} pass")


def _compares(op: ast.cmpop, left: object, right: object) -> bool:
    match op:
        case ast.Eq():
            return left == right
        case ast.NotEq():
            return left != right
        case ast.In():
            return isinstance(right, tuple) and left in right
        case ast.NotIn():
            return isinstance(right, tuple) and left not in right
    if not isinstance(left, int) or not isinstance(right, int):
        return False
    match op:
        case ast.Lt():
            return left < right
        case ast.LtE():
            return left <= right
        case ast.Gt():
            return left > right
        case _:
            return left >= right


def _strangers(node: ast.expr, variables: Collection[str]) -> list[str]:
    match node:
        case ast.BoolOp(values=parts):
            return [word for part in parts for word in _strangers(part, variables)]
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _strangers(operand, variables)
    names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return [] if names & set(variables) else [ast.unparse(node)]
