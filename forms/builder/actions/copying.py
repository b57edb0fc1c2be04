"""Copying a form."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cms.service import School
from forms.builder.actions.working import SaveWorking
from forms.definitions.actions import CreateForm
from forms.definitions.models import Form


@dataclass
class CopyForm:
    """Make a form of its own from another's working document (复制表单); it is not published.

    Whoever may see a form may copy it to where she may design forms. Raises PermissionDenied, ValidationError.
    """

    form: Form
    title: str
    slug: str
    school: School | None
    user: Any

    @transaction.atomic
    def execute(self) -> Form:
        if not Form.objects.for_user(self.user).filter(pk=self.form.pk).exists():
            raise PermissionDenied
        fields = {
            "title": self.title,
            "slug": self.slug,
            "school": self.school,
            "audience": self.form.audience,
        }
        made = CreateForm(fields, user=self.user).execute()
        content = deepcopy(content_of(self.form, self.user)) | {"title": self.title}
        return SaveWorking(made, content, self.user, revision_seen=None).execute()


def content_of(form: Form, user: Any) -> dict[str, Any]:
    """Return what the user may copy: the working document for those who design the form, else what is offered."""
    from forms.definitions.permissions import user_can_design_form

    if user_can_design_form(user, form) and form.working:
        return form.working
    return form.live.content if form.live else {"title": form.title, "steps": []}
