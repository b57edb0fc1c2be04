"""What is done to the rules of public forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from forms.definitions.fault import Fault, Severity
from forms.definitions.models import Audience, Form
from forms.definitions.permissions import user_can_design_form
from forms.public.models import Once, PersonBy, PublicRules

if TYPE_CHECKING:
    from forms.definitions.document import Document
    from forms.definitions.questions import Question

#: Question types whose answer can be one person's alone.
TELLING = frozenset({"id_number", "phone", "text"})


def telling_questions(document: Document) -> list[Question]:
    """Return the questions whose answer can tell people apart: everybody must answer them, once."""
    return [
        placed.item
        for placed in document.questions.values()
        if placed.item.type in TELLING
        and not placed.rosters
        and placed.item.required is True
        and not placed.item.relevant
        and not placed.step.relevant
    ]


@dataclass
class SetPublicRules:
    """Set the rules of a public form (设置公开填报规则). They hold at once, for every way of handing in.

    `fields` are those of PublicRules. Raises ValidationError at the field, PermissionDenied without the right.
    """

    form: Form
    fields: dict[str, Any]
    user: Any = None

    @transaction.atomic
    def execute(self) -> PublicRules:
        if self.user is not None and not user_can_design_form(self.user, self.form):
            raise PermissionDenied
        form = Form.objects.select_for_update().select_related(None).get(pk=self.form.pk)
        if form.audience != Audience.PUBLIC:
            raise ValidationError(_("Only a form that anyone with the link may fill in has such rules."))
        rules = PublicRules.objects.filter(form=form).first() or PublicRules(form=form)
        for name, value in self.fields.items():
            setattr(rules, name, value)
        if rules.person_by != PersonBy.ANSWER or rules.once == Once.ANY:
            rules.person_question = ""
        self._check(rules, form)
        rules.save()
        log(instance=form, action="wagtail.edit", user=self.user, data={"rules": sorted(self.fields)})
        return rules

    def _check(self, rules: PublicRules, form: Form) -> None:
        rules.full_clean()
        if rules.opens_at and rules.closes_at and rules.closes_at <= rules.opens_at:
            raise ValidationError({"closes_at": _("It must close after it opens.")})
        if rules.quota == 0:
            raise ValidationError({"quota": _("Close the form instead of offering no place.")})
        if rules.counts_people and rules.person_by == PersonBy.ANSWER:
            known = telling_questions(form.live.document) if form.live else []
            if rules.person_question not in {question.name for question in known}:
                text = _("Choose a question of the published form that everybody must answer.")
                raise ValidationError({"person_question": text})


def faults_of_rules(form: Form, document: Document) -> list[Fault]:
    """Return what in a new version of the form its rules cannot do with."""
    if form.audience != Audience.PUBLIC:
        return []
    rules = PublicRules.objects.filter(form=form, person_by=PersonBy.ANSWER).exclude(once=Once.ANY).first()
    if rules is None or rules.person_question in {one.name for one in telling_questions(document)}:
        return []
    return [
        Fault(
            Severity.ERROR,
            place="",
            question=rules.person_question,
            message=_(
                "By the answer to “%(name)s” people are told apart, but not everybody must answer it any more."
            )
            % {"name": rules.person_question},
            advice=_("Make it required without a condition, or change the rules of public filling first."),
            check="rules",
        )
    ]
