"""Memberships keep to the rules that the database holds, on every database."""

import pytest
from django.db import IntegrityError, transaction

from cms.people.models import Membership, Role
from tests.factories import make_bureau_user, make_school, make_school_user

pytestmark = pytest.mark.django_db


def test_nobody_holds_the_same_role_at_the_bureau_twice():
    user = make_bureau_user(Role.BUREAU_EDITOR)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=user, role=Role.BUREAU_EDITOR)


def test_nobody_holds_the_same_role_in_a_school_twice():
    school = make_school()
    user = make_school_user(school)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=user, school=school, role=Role.SCHOOL_EDITOR)


@pytest.mark.parametrize(("role", "in_school"), [(Role.BUREAU_EDITOR, True), (Role.SCHOOL_HEAD, False)])
def test_a_role_fits_its_place(role, in_school):
    user, school = make_bureau_user(), make_school()
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=user, school=school if in_school else None, role=role)
