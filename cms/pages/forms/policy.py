"""The form of a policy: document number, dates, and what it replaces."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cms.pages.forms.base import BasePageForm
from cms.pages.models.settings import BureauSettings

_YEAR_IN_BRACKETS = re.compile(r"[\[［(（【〔「]\s*(\d{4})\s*[\]］)）】〕」]")
#: 心教发〔2026〕12号, the form that GB/T 9704 lays down.
DOCUMENT_NUMBER = re.compile(r"^[^\d〔]+〔\d{4}〕\d+号$")


def tidy_document_number(text: str) -> str:
    """Return the number without spaces and with the year in 〔〕: 心教发[2026] 3 号 is 心教发〔2026〕3号."""
    return _YEAR_IN_BRACKETS.sub(r"〔\1〕", re.sub(r"\s+", "", text))


def bureau_name() -> str:
    """Return the bureau's name from the site's settings: most policies are its own."""
    settings = BureauSettings.objects.filter(site__is_default_site=True).first()
    return settings.bureau_name if settings else ""


class PolicyForm(BasePageForm):
    """A policy document. An odd document number is kept and only warned about (see `page_warnings`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "date" in self.fields:
            self.fields["date"].required = True
        if self.instance.pk is None and not self.instance.issuing_body:
            self.initial.setdefault("issuing_body", bureau_name())

    def clean_document_number(self) -> str:
        return tidy_document_number(self.cleaned_data["document_number"])

    def clean_effective_on(self) -> date | None:
        return self._likely("effective_on")

    def clean_repealed_on(self) -> date | None:
        return self._likely("repealed_on")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._check_dates(cleaned)
        if "replacements" in self.formsets:
            self._check_replacements(cleaned.get("date"))
        return cleaned

    def _check_dates(self, cleaned: dict[str, Any]) -> None:
        issued, effective = cleaned.get("date"), cleaned.get("effective_on")
        repealed = cleaned.get("repealed_on")
        if issued and effective and effective < issued:
            self.add_error("effective_on", _("A policy cannot be in force before the day of issue."))
        if repealed and (start := effective or issued) and repealed < start:
            self.add_error("repealed_on", _("A policy cannot end before it begins."))

    def _check_replacements(self, issued: date | None) -> None:
        """Refuse a policy that replaces itself, one twice, a later one, or (over others) itself."""
        seen: set[int] = set()
        for form in self.formsets["replacements"].forms:
            earlier = form.cleaned_data.get("earlier") if form.is_valid() else None
            if earlier is None or form.cleaned_data.get("DELETE"):
                continue
            if error := self._error_with(earlier, issued, seen):
                form.add_error("earlier", error)
            seen.add(earlier.pk)

    def _error_with(self, earlier: Any, issued: date | None, seen: set[int]) -> str:
        if earlier.pk == self.instance.pk:
            return _("A policy cannot replace itself.")
        if earlier.pk in seen:
            return _("This policy is already in the list.")
        if issued and earlier.date and earlier.date > issued:
            return _("“%(title)s” was issued later than this policy.") % {"title": earlier.title}
        if self.instance.pk and self.instance.pk in earlier.ids_replaced():
            return _("“%(title)s” itself replaces this policy; they cannot replace each other.") % {
                "title": earlier.title
            }
        return ""
