"""What the roles may do with a page, as the admin and the API both ask it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.actions import action_registry

from cms.media.models import Consent
from cms.moderation.actions import PublishPage, RevertPage
from cms.pages.models import ActivityNewsPage, BasePage, NewsIndexPage
from tests.factories import make_image, make_news, make_policy, make_school


def lock(page, user):
    BasePage.objects.filter(pk=page.pk).update(locked=True, locked_by=user, locked_at=timezone.now())
    return type(page).objects.get(pk=page.pk)


def may(page, user):
    return page.permissions_for_user(user)


@pytest.mark.parametrize("who", ["editor", "head"])
def test_the_school_never_publishes_unpublishes_schedules_or_hides(people, draft, who):
    user, live = getattr(people, who), make_news(people.school)
    assert may(draft, user).can_edit()
    assert not may(draft, user).can_publish()
    assert not may(draft.get_parent(), user).can_publish_subpage()
    assert not may(live, user).can_unpublish()
    assert not may(live, user).can_delete()
    assert not may(live, user).can_unschedule()
    assert not may(live, user).can_set_view_restrictions()
    assert not may(live.get_parent(), user).can_reorder_children()


def test_the_school_does_not_touch_another_schools_pages(people):
    other = make_news(make_school(), live=False)
    rules = may(other, people.editor)
    assert not any((rules.can_edit(), rules.can_delete(), rules.can_copy(), rules.can_add_subpage()))
    assert not may(make_policy(live=False), people.editor).can_edit()


def test_a_draft_moves_within_the_school_only(people, draft):
    elsewhere = NewsIndexPage.objects.get(school=make_school())
    assert not may(draft, people.editor).can_move_to(elsewhere)
    assert not may(draft, people.editor).can_copy_to(elsewhere)


def test_the_bureau_publishes_a_schools_draft(people, draft):
    assert may(draft, people.bureau).can_publish()


def test_nobody_publishes_past_a_running_submission(people, submitted):
    assert not may(submitted, people.bureau).can_publish()
    assert not may(submitted, people.admin).can_publish()
    with pytest.raises(PermissionDenied):
        PublishPage(submitted.get_latest_revision(), user=people.bureau).execute()
    assert submitted.current_workflow_state.status == "in_progress"


def test_anothers_lock_binds_the_bureau_too(people, draft):
    page = lock(draft, people.colleague)
    rules = may(page, people.bureau)
    assert not any((rules.can_publish(), rules.can_unpublish(), rules.can_delete()))
    assert not rules.can_move_to(NewsIndexPage.objects.get(school=people.school))
    assert may(page, people.colleague).can_publish()


def test_a_locked_page_below_keeps_its_parent_from_being_deleted_or_moved(people):
    news = make_news(people.school)
    lock(news, people.colleague)
    assert not may(people.school.page, people.bureau).can_delete()


def test_a_submitted_page_is_not_deleted_by_its_writer(people, submitted):
    assert not may(submitted, people.editor).can_delete()
    assert may(submitted, people.bureau).can_edit()


def test_a_locked_page_is_not_reverted(people, draft):
    first = draft.get_latest_revision()
    draft.save_revision()
    page = lock(draft, people.colleague)
    with pytest.raises(PermissionDenied):
        RevertPage(instance=page, revision=first, user=people.editor).execute()


def test_a_public_alias_belongs_to_those_who_publish(people):
    alias = make_news(people.school).create_alias(update_slug="spiegel")
    assert not may(alias, people.editor).can_edit()
    assert may(alias, people.bureau).can_edit()


def test_the_authoring_api_uses_our_actions():
    assert action_registry.get_action_class(ActivityNewsPage, "publish") is PublishPage
    assert action_registry.get_action_class(ActivityNewsPage, "revert") is RevertPage


def test_a_picture_without_consent_is_not_published(people):
    picture = make_image("合影", people.school, consent=Consent.UNKNOWN)
    block = {"image": picture, "alt": "合影", "caption": "", "credit": ""}
    page = make_news(people.school, live=False, body=[("picture", block)])
    with pytest.raises(ValidationError, match="合影"):
        page.get_latest_revision().publish(user=people.bureau)
    assert not ActivityNewsPage.objects.get(pk=page.pk).live


def test_a_schedule_that_comes_due_without_consent_is_taken_back(people, draft):
    revision = draft.get_latest_revision()
    draft.picture = make_image(school=people.school, consent=Consent.UNKNOWN)
    revision = draft.save_revision(approved_go_live_at=timezone.now())
    revision.publish()
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None
    assert not ActivityNewsPage.objects.get(pk=draft.pk).live
