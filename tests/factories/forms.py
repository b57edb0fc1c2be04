"""Forms and what is filled into them."""

from __future__ import annotations

import itertools
from typing import Any

from cms.pages.models import HomePage
from forms.answers.answers import Answers
from forms.definitions.actions import CreateForm, PublishForm
from forms.definitions.models import Form, FormVersion
from forms.filling.models import Draft
from forms.public.models import FormPage
from forms.submissions.models import Submission

_numbers = itertools.count(1)


def question(kind: str, name: str, **more: Any) -> dict[str, Any]:
    """Return a question for a document, its label made from its name; a sensitive one says why it asks."""
    why = {"purpose": "核对身份"} if more.get("sensitive") else {}
    return {"type": kind, "name": name, "label": f"题目{name}", **why, **more}


def one_step(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a document of one step with these items."""
    return {
        "title": "试验表单",
        "steps": [{"name": "first", "title": "第一步", "items": list(items)}],
        **more,
    }


def make_form(content: dict[str, Any] | None = None, **fields: Any) -> Form:
    """Make a form; with a document it is published."""
    number = next(_numbers)
    form = CreateForm({"slug": f"form-{number}", "title": f"第{number}号表单", **fields}).execute()
    if content is not None:
        PublishForm(form, content).execute()
    return form


def make_version(content: dict[str, Any], **fields: Any) -> FormVersion:
    """Make a published form and return its version."""
    live = make_form(content, **fields).live
    assert live is not None
    return live


def make_draft(
    version: FormVersion, owner: Any, answers: dict[str, Any] | None = None, **fields: Any
) -> Draft:
    """Make a draft with these answers ({"question": value, "roster": [{...}]})."""
    draft = Draft(version=version, owner=owner, **fields)
    draft.keep(Answers.from_plain(answers or {}, set(version.document.rosters)))
    draft.save()
    return draft


def make_submission(
    version: FormVersion, owner: Any, answers: dict[str, Any] | None = None, **fields: Any
) -> Submission:
    """Hand in a draft with these answers."""
    from forms.submissions.actions import SubmitDraft

    return SubmitDraft(make_draft(version, owner, answers, **fields), owner).execute()


def make_form_page(form: Form, school: Any = None, *, live: bool = True, **fields: Any) -> FormPage:
    """Make a page that offers the form: below the school's page, or the home page."""
    place = school.page if school is not None else HomePage.objects.get()
    page = FormPage(
        **{"title": form.title, "slug": f"form-page-{next(_numbers)}", **fields}, form=form, live=live
    )
    place.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    return FormPage.objects.get(pk=page.pk)
