"""Trying a form out: a draft that is nobody's submission."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from forms.definitions.actions import FaultyFormError
from forms.definitions.checks import faults
from forms.definitions.models import TRIAL, Audience, Form, FormVersion
from forms.definitions.permissions import user_can_design_form
from forms.definitions.reading import read_document
from forms.filling.actions import StartDraft
from forms.filling.models import Draft


@dataclass
class StartTest:
    """Begin to fill in the working document as it stands (试填), with its defaults. What was tried before goes.

    The draft is marked as a test: it stands in no list and cannot be submitted. Raises FaultyFormError when the
    document could not be published either, PermissionDenied without the right.
    """

    form: Form
    content: dict[str, Any]
    user: Any

    @transaction.atomic
    def execute(self) -> Draft:
        if not user_can_design_form(self.user, self.form):
            raise PermissionDenied
        document, found = read_document(self.content)
        if document is not None:
            found = faults(document, public=self.form.audience == Audience.PUBLIC)
        if document is None or any(fault.is_error for fault in found):
            raise FaultyFormError(found)
        self._throw_away()
        version = FormVersion.all_objects.create(form=self.form, number=TRIAL, content=document.compact())
        return StartDraft(version, self.user, is_test=True).execute()

    def _throw_away(self) -> None:
        Draft.objects.filter(is_test=True, owner=self.user, version__form=self.form).delete()
        FormVersion.all_objects.filter(form=self.form, number=TRIAL, drafts__isnull=True).delete()
