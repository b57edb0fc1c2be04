"""What may be done to forms: made, worked on, published, closed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from forms.definitions.checks import faults
from forms.definitions.document import Document
from forms.definitions.fault import Fault
from forms.definitions.models import TRIAL, Audience, Form, FormState, FormVersion, digest_of
from forms.definitions.permissions import user_can_delete_form, user_can_design_form, user_can_design_forms
from forms.definitions.reading import read_document


class FaultyFormError(ValidationError):
    """A form that cannot be published. `faults` holds all, the warnings too; the messages tell the errors."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__([str(fault) for fault in faults if fault.is_error])


@dataclass
class CreateForm:
    """Make a form that is not published yet (新建表单). `user=None` is the operator at the shell.

    `fields` are the Form model's; raises ValidationError on bad ones, PermissionDenied without the right.
    """

    fields: dict[str, Any]
    user: Any = None
    form: Form = field(init=False)

    @transaction.atomic
    def execute(self) -> Form:
        school = self.fields.get("school")
        if self.user is not None and not user_can_design_forms(self.user, school):
            raise PermissionDenied
        self.form = Form(created_by=self.user, **self.fields)
        self.form.full_clean()
        self.form.save()
        log(instance=self.form, action="wagtail.create", user=self.user)
        return self.form


@dataclass
class PublishForm:
    """Make the document the form's newest version and offer it (发布表单).

    The same document again makes no new version. Raises FaultyFormError (a ValidationError) with sentences that name
    the question when the document has errors, PermissionDenied without the right. What is doubtful but no error is
    in `warnings` afterwards.
    """

    form: Form
    content: dict[str, Any]
    user: Any = None
    note: str = ""
    warnings: list[Fault] = field(init=False, default_factory=list)

    @transaction.atomic
    def execute(self) -> FormVersion:
        if self.user is not None and not user_can_design_form(self.user, self.form):
            raise PermissionDenied
        form = Form.objects.select_for_update().get(pk=self.form.pk)
        content = self.read().compact()
        version = form.live
        if version is None or version.digest != digest_of(content):
            version = self._add(form, content)
        form.live, form.state, form.title = version, FormState.OPEN, content["title"]
        if form.working != content:
            form.working, form.working_revision = content, form.working_revision + 1
            form.working_by, form.working_at = self.user, timezone.now()
        form.save()
        self.form.refresh_from_db()
        log(instance=form, action="wagtail.publish", user=self.user, data={"version": version.number})
        return version

    def read(self) -> Document:
        """Return the document. Raises FaultyFormError."""
        document, shape = read_document(self.content)
        if document is None:
            raise FaultyFormError(shape)
        from forms.public.actions import faults_of_rules

        found = faults(document, public=self.form.audience == Audience.PUBLIC)
        found += faults_of_rules(self.form, document)
        if any(fault.is_error for fault in found):
            raise FaultyFormError(found)
        self.warnings = found
        return document

    def _add(self, form: Form, content: dict[str, Any]) -> FormVersion:
        newest = form.versions.first()
        number = newest.number + 1 if newest else 1
        return FormVersion.objects.create(
            form=form, number=number, content=content, note=self.note, published_by=self.user
        )


@dataclass
class SetFormState:
    """Open or close a form (开放、关闭表单). A form without a version cannot be opened."""

    form: Form
    state: str
    user: Any = None

    @transaction.atomic
    def execute(self) -> Form:
        if self.user is not None and not user_can_design_form(self.user, self.form):
            raise PermissionDenied
        form = Form.objects.select_for_update().get(pk=self.form.pk)
        if self.state == FormState.OPEN and form.live_id is None:
            raise ValidationError(_("Publish the form first."))
        form.state = self.state
        form.save()
        log(instance=form, action="wagtail.edit", user=self.user, data={"state": self.state})
        return form


@dataclass
class DeleteForm:
    """Delete a form that was never published (删除表单). One that was is closed instead: its answers stay readable."""

    form: Form
    user: Any = None

    @transaction.atomic
    def execute(self) -> None:
        form = Form.objects.select_for_update().get(pk=self.form.pk)
        if self.user is not None and not user_can_delete_form(self.user, form):
            raise PermissionDenied
        if form.versions.exists():
            raise ValidationError(_("This form was published: close it instead."))
        from forms.filling.models import Draft

        trials = FormVersion.all_objects.filter(form=form, number=TRIAL)
        Draft.objects.filter(version__in=trials).delete()
        trials.delete()
        log(instance=form, action="wagtail.delete", user=self.user, deleted=True)
        form.delete()
