"""Drafts begun, put aside and taken up again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.service import School, schools_of
from forms.answers.answers import TOP, Answers
from forms.definitions.models import Form, FormVersion
from forms.definitions.questions import Hidden
from forms.filling.actions.locking import lock, require_right, run_draft
from forms.filling.models import Draft, DraftState
from forms.filling.permissions import user_can_fill, user_can_fill_for, user_can_try
from forms.kinds import kind_of
from forms.public.opening import require_open
from forms.public.places import school_of_page
from forms.registers.models import Record
from forms.registers.prefill import last_submission, prefill
from forms.run.compiled import compiled
from forms.run.defaults import set_defaults

#: How long a repeated call may take to come.
REPEATED = timedelta(minutes=2)


@dataclass
class StartDraft:
    """Begin to fill in a form (开始填写): its newest version, or the one that is given.

    `user` is None, or not logged in, for a public form: the draft then has no owner but its signed link. `uuid`, made
    by the page, makes one draft of a double click. `page` is the code of the form page that led here: without a log-in
    the draft is for the school on whose page the form stands. `parameters` are of the address, for hidden questions
    that name one. Raises PermissionDenied, ValidationError.
    """

    form: Form | FormVersion
    user: Any = None
    school: School | None = None
    subject: Record | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    is_test: bool = False
    uuid: UUID | None = None
    #: Whether to begin with what was answered about the subject last time.
    copy_last: bool = False
    page: str = ""
    #: Whether a `uuid` whose draft was handed in, discarded or is somebody else's begins another one: a page that the
    #: back button shows again still holds it.
    renew: bool = False
    #: Whether this call made the draft; a repeated one finds it.
    made: bool = field(init=False, default=False)

    def execute(self) -> Draft:
        version = self._version()
        self._check(version.form)
        owner = self.user if self.user is not None and self.user.is_authenticated else None
        draft = Draft(
            uuid=self.uuid or uuid4(),
            version=version,
            owner=owner,
            school=self.school or version.form.school or self._own_school(version.form, owner),
            subject=self.subject,
            subject_version=self.subject.version if self.subject else None,
            is_test=self.is_test,
        )
        if known := self._known(owner):
            return known
        draft.keep(self._first_answers(draft))
        try:
            with transaction.atomic():
                draft.save(force_insert=True)
                if not self.is_test:
                    log(instance=draft, action="wagtail.create", user=owner)
            self.made = True
        except IntegrityError:  # a double click: the other request was quicker
            known = self._known(owner)
            if known is None and self.renew:
                self.uuid = None
                return self.execute()
            if known is None:
                raise PermissionDenied from None
            return known
        return draft

    def _version(self) -> FormVersion:
        version = self.form if isinstance(self.form, FormVersion) else self.form.live
        if version is None:
            raise ValidationError(_("This form has not been published yet."))
        return version

    def _check(self, form: Form) -> None:
        allowed = user_can_try(self.user, form) if self.is_test else user_can_fill(self.user, form)
        if not allowed or not user_can_fill_for(self.user, self.school):
            raise PermissionDenied
        if not self.is_test:
            require_open(form)
        if self.subject is not None:
            about = self._version().document.about
            if about is None or self.subject.register.name != about.register_name:
                raise ValidationError(_("This form is not about a record of this register."))
            seen = Record.objects.for_user(self.user) if self.user is not None else Record.objects.none()
            if not seen.filter(pk=self.subject.pk).exists():
                raise PermissionDenied

    def _known(self, owner: Any) -> Draft | None:
        """Return the draft that the page has begun already; it must be the same person's, of the same form.

        Without an owner the uuid stands in every address of the draft and is no key: it counts only as long as a
        double click or a repeated call takes.
        """
        if self.uuid is None:
            return None
        found = Draft.objects.filter(pk=self.uuid, owner=owner, version__form=self._version().form_id)
        if owner is None or self.renew:
            found = found.filter(state=DraftState.OPEN)
        if owner is None:
            found = found.filter(created_at__gte=timezone.now() - REPEATED)
        return found.first()

    def _first_answers(self, draft: Draft) -> Answers:
        """Return what is answered before anybody has typed: the record's facts, parameters, defaults."""
        document = draft.version.document
        answers = self._known_facts(draft)
        for placed in document.questions.values():
            question = placed.item
            if isinstance(question, Hidden) and not placed.rosters and question.parameter in self.parameters:
                typed = self.parameters[question.parameter][:500]
                answers.put(question.name, kind_of(question).parse(question, typed), TOP)
        set_defaults(compiled(document), answers)
        return run_draft(draft, answers).answers

    def _own_school(self, form: Form, owner: Any) -> School | None:
        """Return the person's school when there is one only; without a log-in, the school whose page led here."""
        if owner is not None:
            schools = list(schools_of(owner)[:2])
            return schools[0] if len(schools) == 1 else None
        return school_of_page(form, self.page) if self.page else None

    def _known_facts(self, draft: Draft) -> Answers:
        """Return what the register knows of the subject, and last time's answers when they are asked for."""
        if self.subject is None:
            return Answers()
        last = last_submission(draft.version.form, self.subject, self.user) if self.copy_last else None
        return prefill(draft.version.document, self.subject, last, self.user)


@dataclass
class DiscardDraft:
    """Put a draft aside (丢弃草稿). For thirty days it can be taken up again; then it is deleted."""

    draft: Draft
    user: Any = None

    @transaction.atomic
    def execute(self) -> Draft:
        draft = lock(self.draft.pk, self.user)
        return _set_state(draft, DraftState.DISCARDED, "wagtail.delete", self.user)


@dataclass
class RestoreDraft:
    """Take up a draft again that was put aside (恢复草稿)."""

    draft: Draft
    user: Any = None

    @transaction.atomic
    def execute(self) -> Draft:
        draft = Draft.objects.select_for_update(of=("self",)).with_form().get(pk=self.draft.pk)
        require_right(draft, self.user)
        if draft.state != DraftState.DISCARDED:
            return draft
        return _set_state(draft, DraftState.OPEN, "wagtail.edit", self.user)


def _set_state(draft: Draft, state: str, said: str, user: Any) -> Draft:
    draft.state = state
    draft.save(update_fields=["state", "updated_at"])
    log(instance=draft, action=said, user=user if user is not None and user.is_authenticated else None)
    return draft
