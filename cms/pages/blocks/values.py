"""Values of blocks that know how to show themselves, also when what they point to is gone."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _
from wagtail.blocks import StructValue

FIRST_MONTH = 9  # the school year begins in September


class PictureValue(StructValue):
    """A picture in a body; `image` is None once the picture is deleted."""

    @property
    def credit_line(self) -> str:
        """The credit of this place, else the picture's own."""
        return self["credit"] or (self["image"].credit if self["image"] else "")


class AttachmentValue(StructValue):
    """A file to download; `document` is None once it is deleted."""

    @property
    def label(self) -> str:
        return self["title"] or (self["document"].title if self["document"] else "")

    @property
    def extension(self) -> str:
        """PDF, DOCX: what readers call the kind of file."""
        document = self["document"]
        return PurePath(document.filename).suffix.lstrip(".").upper() if document else ""

    @property
    def size(self) -> int | None:
        """Bytes, or None when unknown."""
        return self["document"].file_size if self["document"] else None


class CalendarRowValue(StructValue):
    """A row of a calendar."""

    @property
    def months(self) -> list[int]:
        """The months of the row in the order of the school year: 12 to 2 is [12, 1, 2]."""
        first = int(self["first_month"] or FIRST_MONTH)
        last = int(self["last_month"] or first)
        return [(first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1)]

    @property
    def when(self) -> str:
        """Return 9月, 9月至10月, or the words of the row."""
        if self["label"]:
            return str(self["label"])
        months = self.months
        if len(months) == 1:
            return _("Month %(month)d") % {"month": months[0]}
        return _("Months %(first)d to %(last)d") % {"first": months[0], "last": months[-1]}


class BasisValue(StructValue):
    """A document that a plan rests on."""

    @property
    def page(self) -> Any:
        """The policy when readers can open it, else None."""
        policy = self["policy"]
        return policy if policy is not None and policy.live else None

    @property
    def label(self) -> str:
        """The title given here, else the published policy's: a draft's title is not public."""
        return self["title"] or (self.page.title if self.page else "")
