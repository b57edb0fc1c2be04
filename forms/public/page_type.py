"""How the rest of the site knows form pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.service import (
    ApiField,
    HomePage,
    SchoolPage,
    StandardPage,
    register_page_type,
    school_field,
    stream_field,
)
from forms.public.models import FormPage


def register() -> None:
    """Let form pages stand in the tree, be read in the API, and be found."""
    from forms.public import context  # noqa: F401 - importing registers the context

    fields = [
        school_field("school", "school"),
        ApiField("form", ("form__slug", "form__title"), make=_form),
        ApiField("code", ("code",)),
        ApiField("short_url", ("code",), make=_short_url),
        stream_field(FormPage, "body"),
    ]
    register_page_type(
        FormPage,
        "form",
        below=(HomePage, StandardPage, SchoolPage),
        fields=fields,
        kind="form_page",
        label=_("Forms to fill in"),
    )


def _form(references: Any, slug: str, title: str) -> dict[str, str]:
    return {"slug": slug, "title": title, "url": references.base + reverse("forms_start", args=[slug])}


def _short_url(references: Any, code: str | None) -> str | None:
    return references.base + reverse("forms_short", args=[code]) if code else None
