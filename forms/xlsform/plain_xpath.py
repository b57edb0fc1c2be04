"""Our own functions in the words of plain XLSForm, so that other engines evaluate them too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from forms.expressions import ExpressionError, Node, parse, unparse
from forms.expressions.nodes import Call, Negative, Operation, Path, Reference, Step

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
#: A real day, as eight digits: months of 31 and 30 days, February, and its 29th in leap years.
REAL_DAY = (
    r"([0-9]{4}((0[13578]|1[02])(0[1-9]|[12][0-9]|3[01])|(0[469]|11)(0[1-9]|[12][0-9]|30)|02(0[1-9]|1[0-9]|2[0-8]))"
    r"|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)0229)"
)


def id_valid(text: str) -> str:
    """Return a condition that holds when the text is an id number by GB 11643."""
    digits = " + ".join(
        f"number(substr({text}, {at}, {at + 1})) * {weight}" for at, weight in enumerate(_WEIGHTS)
    )
    # The last sign for each remainder, at twice the remainder.
    table = "'1 0 X 9 8 7 6 5 4 3 2 '"
    return (
        f"(regex({text}, '[0-9]{{6}}{REAL_DAY}[0-9]{{3}}[0-9Xx]') and "
        f"substr({table}, (({digits}) mod 11) * 2, (({digits}) mod 11) * 2 + 1) = "
        f"translate(substr({text}, 17, 18), 'x', 'X'))"
    )


def _age(birth: str, on: str = "today()") -> str:
    day, born = (f"number(format-date({date}, '%Y%m%d'))" for date in (on, birth))
    return (
        f"if(string({birth}) = '' or string({on}) = '', '', "
        f"if({born} > {day}, number(''), int(({day} - {born}) div 10000)))"
    )


def _school_year(day: str) -> str:
    year, month = (f"number(format-date({day}, '{part}'))" for part in ("%Y", "%m"))
    return f"if(string({day}) = '', '', if({month} >= 8, {year}, {year} - 1))"


def _id_birth_date(text: str) -> str:
    parts = ", '-', ".join(f"substr({text}, {start}, {end})" for start, end in ((6, 10), (10, 12), (12, 14)))
    return f"if({id_valid(text)}, date(concat({parts})), '')"


def _id_sex(text: str) -> str:
    return f"if({id_valid(text)}, if(number(substr({text}, 16, 17)) mod 2 = 1, 'male', 'female'), '')"


_PLAIN: Mapping[str, Callable[..., str]] = {
    "age": _age,
    "school-year": _school_year,
    "id-valid": id_valid,
    "id-birth-date": _id_birth_date,
    "id-sex": _id_sex,
}


def plain(expression: str, names: Mapping[str, str] | None = None, *, columns: bool = False) -> str:
    """Return the expression without our own functions and under other names; itself when nothing changes.

    An expression that cannot be read is given back as it is.
    """
    try:
        tree = parse(expression, columns=columns)
    except ExpressionError:
        return expression
    changed = _changed(tree, names or {})
    return expression if changed == tree else unparse(changed)


def _changed(node: Node, names: Mapping[str, str]) -> Node:
    match node:
        case Reference(name):
            return replace(node, name=names.get(name, name))
        case Negative(operand):
            return replace(node, operand=_changed(operand, names))
        case Operation(first, rest):
            parts = tuple((sign, _changed(operand, names)) for sign, operand in rest)
            return replace(node, first=_changed(first, names), rest=parts)
        case Path(start, where, steps):
            return replace(
                node,
                start=_changed(start, names),
                where=_each(where, names),
                steps=tuple(Step(names.get(one.name, one.name), _each(one.where, names)) for one in steps),
            )
        case Call(name, arguments):
            given = tuple(_changed(argument, names) for argument in arguments)
            if name in _PLAIN:
                text = _PLAIN[name](*(f"({unparse(argument)})" for argument in given))
                return parse(text, columns=True)
            return replace(node, arguments=given)
    return node


def _each(nodes: tuple[Node, ...], names: Mapping[str, str]) -> tuple[Node, ...]:
    return tuple(_changed(node, names) for node in nodes)
