"""The demonstration of the children's pack: invented, complete, once, and never in production."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied

from cms.service import Role
from forms.filling.models import Draft
from forms.kinds.people import id_birth_date, id_number_problem, id_sex
from forms.packs.demo import load_forms_demo
from forms.packs.invented import DIVISION, invented_id_number
from forms.packs.reading import Pack
from forms.registers.models import Record
from forms.submissions.models import Submission, SubmissionState
from tests.factories import make_school, make_school_user

pytestmark = pytest.mark.django_db
SCHOOLS = [one["code"] for one in Pack.named("left_behind_children").sample["schools"]]


@pytest.fixture
def people(db):
    """A class teacher and a head in each school of the demonstration."""
    found = {}
    for code in SCHOOLS:
        school = make_school(code=code)
        make_school_user(school, Role.SCHOOL_HEAD)
        found[code] = make_school_user(school, Role.CLASS_TEACHER)
    return found


def test_each_of_three_teachers_keeps_about_eight_children(people):
    load_forms_demo(StringIO())
    assert len(people) == 3
    for code, teacher in people.items():
        kept = Record.objects.for_user(teacher)
        assert 8 <= kept.count() <= 10
        assert set(kept.values_list("school__code", flat=True)) == {code}


def test_there_is_one_of_every_state_for_a_teacher_to_see(people):
    load_forms_demo(StringIO())
    teacher = people["xq-06"]
    states = set(Submission.objects.for_user(teacher).values_list("state", flat=True))
    assert states == {SubmissionState.SUBMITTED, SubmissionState.RETURNED, SubmissionState.APPROVED}
    assert Draft.objects.open().for_user(teacher).exclude(pk__in=Submission.objects.values("pk")).count() == 1


def test_a_second_time_changes_nothing(people):
    load_forms_demo(StringIO())
    before = Record.objects.count(), Submission.objects.count(), Draft.objects.count()
    load_forms_demo(StringIO())
    assert (Record.objects.count(), Submission.objects.count(), Draft.objects.count()) == before


def test_production_refuses(settings):
    settings.PRODUCTION = True
    with pytest.raises(PermissionDenied):
        load_forms_demo(StringIO())


@pytest.mark.parametrize("gender", ["male", "female"])
def test_an_invented_id_number_is_sound_and_of_no_place(gender):
    number = invented_id_number(date(2016, 3, 12), gender)
    assert id_number_problem(number) == ""
    assert (id_birth_date(number), id_sex(number)) == (date(2016, 3, 12), gender)


def test_no_division_has_the_digits_of_invented_id_numbers():
    rows = Pack.named("divisions").code_rows("divisions")
    assert not [row for row in rows if row["value"].startswith(DIVISION[:4])]
