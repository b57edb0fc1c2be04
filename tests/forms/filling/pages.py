"""Reading a page of a form as a browser does: what it would send back."""

from __future__ import annotations

from django.http import QueryDict
from django.template.loader import render_to_string
from lxml import html

from forms.answers.answers import Answers
from forms.definitions.document import Document
from forms.filling.places import Place
from forms.filling.step_form import StepForm
from tests.factories.forms import one_step


def page_of(*items, answers: Answers | None = None, lists=None, **options) -> StepForm:
    """Return the page of a form of one step."""
    document = Document.model_validate(one_step(*items, lists=lists or {}))
    return StepForm(Place(document, document.steps[0]), answers, **options)


def rendered(form: StepForm) -> html.HtmlElement:
    """Return the page as a tree."""
    return html.fromstring(f"<form>{render_to_string('forms/filling/entries.html', {'form': form})}</form>")


def sent_by(tree: html.HtmlElement, form: StepForm) -> QueryDict:
    """Return what a browser without scripts would send of the page as it stands."""
    data = QueryDict(mutable=True)
    data["names"] = form.names
    for name, value in tree.form_values():
        data.appendlist(name, value)
    return data
