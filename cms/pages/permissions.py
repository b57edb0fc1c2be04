"""Who may do what with a page, beyond Wagtail's rights on the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cms.moderation.permissions import PageRules

if TYPE_CHECKING:
    from cms.pages.models import BasePage


class FramedPageRules(PageRules):
    """Home page, libraries and school pages are the site's frame: nobody moves, copies or deletes them.

    School pages come and go with their school (`CreateSchool`, closing, merging).
    """

    @property
    def _fixed(self) -> bool:
        return bool(getattr(self.page.specific_class, "fixed_place", False))

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return not self._fixed and super().can_delete(ignore_bulk=ignore_bulk)

    def can_move(self) -> bool:
        return not self._fixed and super().can_move()

    def can_move_to(self, destination: BasePage) -> bool:
        return not self._fixed and super().can_move_to(destination)

    def can_copy(self) -> bool:
        return not self._fixed and super().can_copy()
