"""Locations: a point is "latitude longitude altitude accuracy", a line or shape is points divided by semicolons."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from forms.expressions.errors import EvaluationError, gettext_noop
from forms.expressions.values import JAVA_SPACE, Nodes, Raw, text

if TYPE_CHECKING:
    from forms.expressions.evaluator import Scope

_RADIUS = 6_378_100.0  # metres, at the equator
_CIRCUMFERENCE = 2 * _RADIUS * math.pi
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:E-?[0-9]{1,2})?")
Point = tuple[float, float]


def _points(value: Raw) -> list[Point]:
    if not isinstance(value, Nodes):
        raise EvaluationError(gettext_noop("A question for a location is needed here: ${name}."))
    texts = [text(answer) for answer in value.values]
    if len(texts) == 1:
        texts = [part for part in texts[0].split(";") if part.strip(JAVA_SPACE)]
    return [_point(part) for part in texts]


def _point(value: str) -> Point:
    """Return latitude and longitude; what is missing is 0."""
    parts = value.strip(JAVA_SPACE).split(" ")
    if not all(map(_NUMBER.fullmatch, parts)):
        raise EvaluationError(gettext_noop("“%(value)s” is no location."), value=value)
    latitude, longitude, *_ = (*map(float, parts), 0.0)
    return latitude, longitude


def _area(_scope: Scope, value: Raw) -> float:
    """Return square metres: triangles from the first point, on a plane that touches the earth."""
    points = _points(value)
    if len(points) < 3:
        return 0.0
    (latitude, longitude), *others = points
    flat = [
        (
            (x - longitude) * _CIRCUMFERENCE * math.cos(math.radians(y)) / 360.0,
            (y - latitude) * _CIRCUMFERENCE / 360.0,
        )
        for y, x in others
    ]
    return abs(sum((y1 * x2 - x1 * y2) / 2 for (x1, y1), (x2, y2) in pairwise(flat)))


def _distance(_scope: Scope, value: Raw) -> float:
    """Return metres along the points, by the law of cosines."""
    points = _points(value)
    return sum((_between(a, b) for a, b in pairwise(points)), 0.0)


def _between(first: Point, second: Point) -> float:
    turn = math.radians(first[1] - second[1])
    a, b = math.radians(first[0]), math.radians(second[0])
    cosine = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(turn)
    return math.acos(cosine) * _RADIUS if -1 <= cosine <= 1 else math.nan


FUNCTIONS: dict[str, Callable[..., Raw]] = {"area": _area, "enclosed-area": _area, "distance": _distance}
