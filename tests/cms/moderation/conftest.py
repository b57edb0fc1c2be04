"""A school with its editor, and the bureau's editor."""

from types import SimpleNamespace

import pytest

from cms.people.models import Role
from tests.factories import make_bureau_user, make_news, make_school, make_school_user


@pytest.fixture
def people(db):
    school = make_school()
    return SimpleNamespace(
        school=school,
        editor=make_school_user(school, email="editor@school.test"),
        head=make_school_user(school, Role.SCHOOL_HEAD),
        bureau=make_bureau_user(email="bureau@edu.test"),
        colleague=make_bureau_user(email="colleague@edu.test"),
        admin=make_bureau_user(Role.BUREAU_ADMIN),
    )


@pytest.fixture
def draft(people):
    """News that the editor has written and not submitted."""
    return make_news(people.school, live=False, owner=people.editor)


@pytest.fixture
def submitted(people, draft):
    """News that waits for the bureau."""
    draft.get_workflow().start(draft, people.editor)
    return type(draft).objects.get(pk=draft.pk)
