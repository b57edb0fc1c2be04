"""Warnings after saving: what is odd, but may be right."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.pages.forms.policy import DOCUMENT_NUMBER
from cms.pages.models import PolicyPage


def page_warnings(page: Any) -> list[str]:
    """Return what an editor should look at once more; nothing here keeps a page from going out."""
    if not isinstance(page, PolicyPage) or not page.document_number:
        return []
    found = []
    if not DOCUMENT_NUMBER.match(page.document_number):
        found.append(
            _("The document number “%(number)s” has not the usual form, for example 心教发〔2026〕12号.")
            % {"number": page.document_number}
        )
    same = PolicyPage.objects.filter(document_number=page.document_number).exclude(pk=page.pk).first()
    if same:
        found.append(
            _("“%(title)s” has the same document number.") % {"title": same.get_admin_display_title()}
        )
    return found


def warn_after_save(request: HttpRequest, page: Any) -> None:
    """Show the warnings above the next screen; autosaving stays silent."""
    if not request.accepts("text/html"):
        return
    for text in page_warnings(page):
        messages.warning(request, text)
