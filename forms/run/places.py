"""Item ids on our side, positions on the side of expressions."""

from __future__ import annotations

from collections.abc import Iterator

from forms.answers.answers import TOP
from forms.expressions import Place


class Places:
    """Where each roster item that counts stands: its positions, and the items around it."""

    def __init__(self) -> None:
        self._positions: dict[str, tuple[int, ...]] = {TOP: ()}
        self._parents: dict[str, str] = {}

    def put(self, item: str, parent: str, number: int) -> None:
        """Remember the item as number `number` (from 1) within `parent`."""
        self._positions[item] = (*self._positions[parent], number)
        self._parents[item] = parent

    def knows(self, item: str) -> bool:
        """Say whether the item counts."""
        return item in self._positions

    def of(self, name: str, item: str = TOP) -> Place:
        """Return the place of a name in an item."""
        return Place(name, self._positions[item])

    def around(self, item: str) -> Iterator[str]:
        """Give the item, the one around it, and so on, up to TOP."""
        while item != TOP:
            yield item
            item = self._parents.get(item, TOP)
        yield TOP
