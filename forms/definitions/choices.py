"""Lists to choose from (选项列表)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_noop
from pydantic import Field

from forms.definitions.base import Label, Name, Part, Value


class Choice(Part):
    """One thing to choose: its value in the data, its label, and what a choice filter or a score asks of it."""

    value: Value
    label: Label
    score: Decimal | None = None
    #: Further columns for choice filters: {"county": "430102"}.
    extra: dict[Name, str] = Field(default_factory=dict)


class ChoiceList(Part):
    """Choices under a name; or `codes`, the name of a code list that the site keeps (行政区划, 学校...).

    A list with neither can be read, while a form is being built; it cannot be published.
    """

    choices: tuple[Choice, ...] = ()
    codes: str = Field("", max_length=64)

    def model_post_init(self, _context: Any) -> None:
        if self.choices and self.codes:
            raise ValueError(gettext_noop("has choices and the name of a code list, too"))

    def get(self, value: str) -> Choice | None:
        """Return the choice with this value."""
        return self._by_value.get(value)

    @property
    def _by_value(self) -> dict[str, Choice]:
        found = self.__dict__.get("_index")
        if found is None:
            found = {choice.value: choice for choice in self.choices}
            object.__setattr__(self, "_index", found)
        return found
