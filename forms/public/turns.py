"""The gate before a public form is handed in: window, places, one turn for each person, no programs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.answers.answers import TOP
from forms.kinds.base import is_raw
from forms.public.challenge import require_person
from forms.public.models import Once, PersonBy, PublicRules, Turn
from forms.public.opening import NotOpenError, opening_of, rules_of
from forms.sealing.seal import blind

if TYPE_CHECKING:
    from datetime import date

    from forms.answers.answers import Key
    from forms.definitions.document import Document
    from forms.definitions.models import Form
    from forms.filling.models import Draft
    from forms.public.visitor import Visitor
    from forms.submissions.models import Submission


class HadTurnError(ValidationError):
    """The person has handed the form in before, as often as she may."""


class Gate:
    """Lets a draft of a public form through, or says why not. Used within the transaction of handing in.

    The rules' row is locked first: whoever comes after waits, so the count of places is exact. Without rules nothing
    is locked. `visitor` is None for people with an account and for the operator.
    """

    def __init__(self, draft: Draft, visitor: Visitor | None) -> None:
        self.draft, self.visitor = draft, visitor
        self.form: Form = draft.version.form
        self.rules: PublicRules | None = None
        self.people: list[str] = []

    def enter(self, document: Document, values: dict[Key, Any]) -> None:
        """Check everything before the first handing in.

        Raises NotOpenError, HadTurnError, SuspectError, and ValidationError for a missing answer.
        """
        self.rules = rules_of(self.form, held=True)
        if self.rules is not None:
            opening = opening_of(self.form, self.rules)
            if not opening.is_open:
                raise NotOpenError(opening)
            self._identify(document, values)
        if self.visitor is not None:
            require_person(self.visitor, self.draft)

    def enter_again(self, document: Document, values: dict[Key, Any], submission: Submission) -> None:
        """Check a corrected submission: it has its place already, but may now be another person's."""
        self.rules = rules_of(self.form, held=True)
        if self.rules is not None:
            self._identify(document, values, submission)

    def leave(self, submission: Submission) -> None:
        """Note that the people of this submission have had their turn."""
        if not self.people:
            return
        known = submission.turns.first()
        day = known.day if known is not None else timezone.localdate()
        submission.turns.all().delete()
        Turn.objects.bulk_create(
            Turn(form=self.form, submission=submission, person=person, day=day) for person in self.people
        )

    def _identify(
        self, document: Document, values: dict[Key, Any], submission: Submission | None = None
    ) -> None:
        if self.rules is None or not self.rules.counts_people:
            return
        self.people = people_of(self.rules, self.draft, document, values, self.visitor)
        known = submission.turns.first() if submission is not None else None
        had = turns_of(self.rules, self.people, known.day if known else None)
        if submission is not None:
            had = had.exclude(submission=submission)
        if had.exists():
            raise HadTurnError(words_of(self.rules))


def people_of(
    rules: PublicRules, draft: Draft, document: Document, values: dict[Key, Any], visitor: Visitor | None
) -> list[str]:
    """Return the fingerprints that a filling counts under. Raises ValidationError when the answer is missing."""
    found = []
    if draft.owner_id is not None:
        found.append(person(rules.form_id, "account", str(draft.owner_id)))
    if rules.person_by == PersonBy.ANSWER:
        found.append(person(rules.form_id, "answer", _answer(rules, document, values)))
    elif draft.owner_id is None and visitor is not None:
        found.append(person(rules.form_id, "browser", visitor.browser))
    return found


def person(form: int, kind: str, name: str) -> str:
    """Return the fingerprint of a person for one form: it cannot be compared with that for another."""
    return blind(f"{form}:{kind}:{name}", "public-turn")


def _answer(rules: PublicRules, document: Document, values: dict[Key, Any]) -> str:
    placed = document.questions.get(rules.person_question)
    if placed is None:
        raise ValidationError(
            _("The form was changed since you began. Take over the new version before you hand it in.")
        )
    value = values.get((TOP, rules.person_question))
    if value is None or is_raw(value):
        raise ValidationError(
            _("Please answer “%(question)s”: it tells that each person hands in only once.")
            % {"question": placed.item.label}
        )
    return "".join(str(value).split()).casefold()


def turns_of(rules: PublicRules, people: list[str], day: date | None = None) -> Any:
    """Return the turns that these people have had and that count on the day (today)."""
    had = Turn.objects.filter(form=rules.form_id, person__in=people)
    return had.filter(day=day or timezone.localdate()) if rules.once == Once.DAILY else had


def words_of(rules: PublicRules) -> str:
    """Return what is said to somebody who has had her turn."""
    if rules.once == Once.DAILY:
        return _("It was handed in already today, and can be handed in again from %(day)s on.") % {
            "day": _day(timezone.localdate() + timedelta(days=1))
        }
    return _("It was handed in already. Each person can hand it in once.")


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def had_turn(form: Form, user: Any, browser: str) -> str:
    """Return what is said to somebody who has had her turn, as far as it is known before any answer; else empty."""
    rules = rules_of(form)
    if rules is None or not rules.counts_people:
        return ""
    if user is not None and user.is_authenticated:
        people = [person(form.pk, "account", str(user.pk))]
    elif browser and rules.person_by == PersonBy.BROWSER:
        people = [person(form.pk, "browser", browser)]
    else:
        return ""
    return words_of(rules) if turns_of(rules, people).exists() else ""
