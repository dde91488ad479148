"""A figure as a table for the terminal."""

from typing import Any

Told = dict[str, Any]


def table(told: Told) -> str:
    """The contenders, fastest first, then the figures to reach."""
    lines = [f"\n{told['title']} ({told['unit']}, median of {told['rounds']}, load {told['load']})"]
    order = sorted(told["medians"].items(), key=lambda one: one[1], reverse=told["more_is_better"])
    wide = max((len(name) for name in (*told["medians"], *told["missing"])), default=10)
    for name, median in order:
        low, high = told["spread"][name]
        lines.append(f"  {name:<{wide}}  {number(median):>9}   ({number(low)} to {number(high)})")
    lines += [f"  {name:<{wide}}    missing   {why}" for name, why in told["missing"].items()]
    lines += [f"  {mark(one)} {reached(one)}" for one in told["reaches"]]
    lines += [f"  {what}: {said}" for what, said in told["notes"].items()]
    return "\n".join(lines) + "\n"


def mark(one: Told) -> str:
    """Whether it is reached, as a word."""
    return "reached" if one["holds"] else "MISSED "


def reached(one: Told) -> str:
    """One figure to reach as a sentence."""
    bound = f"{'at most' if one['at_most'] else 'at least'} {number(one['bound'])} {one['unit']}"
    spread = f", {number(one['low'])} to {number(one['high'])}" if one["low"] is not None else ""
    return f"{one['what']}: {number(one['value'])} {one['unit']} ({bound}{spread})"


def number(value: float) -> str:
    """Three figures that count."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
