"""The form of a school's page."""

from __future__ import annotations

from typing import Any

from cms.pages.forms.base import BasePageForm


class SchoolPageForm(BasePageForm):
    """Title and address belong to the school (its name and code), so the page's form has neither."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "slug"):
            self.fields.pop(name, None)
