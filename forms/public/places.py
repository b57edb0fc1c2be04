"""Where a public form stands: for which school somebody without an account fills it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from cms.service import published
from forms.public.models import FormPage

if TYPE_CHECKING:
    from cms.service import School
    from forms.definitions.models import Form

#: What the start page's address calls the form page that led there.
PLACE = "form-page"


def start_url(page: FormPage) -> str:
    """Return the way from the page into its form; a bureau's form on a school's page notes which page that was."""
    url = reverse("forms_start", args=[page.form.slug])
    is_lent = page.school_id is not None and page.form.school_id is None
    return f"{url}?{PLACE}={page.code}" if is_lent and page.code else url


def school_of_page(form: Form, code: str) -> School | None:
    """Return the school on whose page the form stands; None for a page that is not public or offers another form."""
    pages = published(FormPage.objects.filter(code=code[:12], form=form)).select_related("school")
    page = pages.first()
    return page.school if page is not None else None
