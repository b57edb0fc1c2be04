"""Many at once: never one place too many, never two turns of one person, never one challenge twice."""

from __future__ import annotations

import pytest

from forms.filling.actions import StartDraft
from forms.filling.models import Draft
from forms.public.actions import SetPublicRules
from forms.public.challenge import new_challenge, terms
from forms.public.models import Turn
from forms.public.opening import NotOpenError
from forms.public.throttle import Limit, TooOftenError, count
from forms.public.turns import HadTurnError
from forms.public.visitor import Visitor
from forms.submissions.actions import SubmitDraft
from forms.submissions.models import Submission
from tests.factories.forms import make_form, one_step, question
from tests.forms.submissions.test_parallel import at_once

MANY, PLACES = 12, 5
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def drafts_of(answer: str = "") -> list[Draft]:
    """Begin a public form many times, with an answer each: its own, or the same."""
    form = make_form(one_step(question("text", "a", required=True)), audience="public")
    made = []
    for number in range(MANY):
        draft = StartDraft(form).execute()
        answers = draft.answers
        answers.put("a", answer or f"第{number}人")
        draft.keep(answers)
        draft.save()
        made.append(draft)
    return made


def hand_in(draft: Draft, **brought: str) -> Submission:
    return SubmitDraft(draft, visitor=Visitor(browser=draft.pk.hex, **brought)).execute()


def kinds(results: list) -> dict[str, int]:
    names = [type(one).__name__ for one in results]
    return {name: names.count(name) for name in names}


def test_no_place_is_given_too_many():
    drafts = drafts_of()
    SetPublicRules(drafts[0].version.form, {"quota": PLACES}).execute()
    results = at_once(MANY, lambda number: hand_in(drafts[number]))
    assert kinds(results) == {"Submission": PLACES, NotOpenError.__name__: MANY - PLACES}
    assert Submission.objects.count() == PLACES


def test_one_person_gets_one_turn():
    drafts = drafts_of("同一个人")
    rules = {"once": "ever", "person_by": "answer", "person_question": "a"}
    SetPublicRules(drafts[0].version.form, rules).execute()
    results = at_once(MANY, lambda number: hand_in(drafts[number]))
    assert kinds(results) == {"Submission": 1, HadTurnError.__name__: MANY - 1}
    assert Turn.objects.count() == Submission.objects.count() == 1


def test_one_draft_many_times_is_one_submission_in_one_place(settings):
    settings.FORMS_CHALLENGE_BITS = 8
    draft = drafts_of()[0]
    SetPublicRules(draft.version.form, {"quota": 1, "once": "ever"}).execute()
    challenge = new_challenge(draft)
    assert challenge is not None
    brought = {"challenge": challenge.token, "answer": str(sum(terms(challenge.nonce)))}
    results = at_once(MANY, lambda _: hand_in(Draft.objects.get(pk=draft.pk), **brought))
    assert kinds(results) == {"Submission": MANY}, results
    assert Submission.objects.count() == 1


def test_the_count_of_an_address_is_exact():
    limit = Limit("test", PLACES)
    results = at_once(MANY, lambda _: count(limit, "10.0.0.1"))
    assert kinds(results) == {"NoneType": PLACES, TooOftenError.__name__: MANY - PLACES}
