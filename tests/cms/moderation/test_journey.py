"""Submit, return, mend, approve: through the admin's own views."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cms.media.models import Consent
from cms.moderation.tasks import ApproveForm
from cms.pages.models import ActivityNewsPage
from tests.cms.moderation.forms import form_data
from tests.factories import make_image


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def act(page, user, name, **data):
    page = ActivityNewsPage.objects.get(pk=page.pk)
    page.current_workflow_task.specific.on_action(page.current_workflow_task_state, user, name, **data)
    return ActivityNewsPage.objects.get(pk=page.pk)


def test_an_editor_submits_in_the_admin(client, people, draft):
    client.force_login(people.editor)
    answer = client.post(edit_url(draft), form_data(draft, people.editor) | {"action-submit": "1"})
    assert answer.status_code == 302
    page = ActivityNewsPage.objects.get(pk=draft.pk)
    assert page.workflow_in_progress
    assert not page.live


def test_an_editors_publish_button_saves_only_a_draft(client, people, draft):
    client.force_login(people.editor)
    client.post(edit_url(draft), form_data(draft, people.editor) | {"action-publish": "1"})
    assert not ActivityNewsPage.objects.get(pk=draft.pk).live


def test_submitting_a_picture_without_consent_names_it_at_the_field(client, people, draft):
    draft.picture = make_image("运动会合影", people.school, consent=Consent.UNKNOWN)
    draft.save_revision()
    client.force_login(people.editor)
    answer = client.post(edit_url(draft), form_data(draft, people.editor) | {"action-submit": "1"})
    assert answer.status_code == 200
    assert "运动会合影" in str(answer.context["form"].errors["picture"])
    assert not ActivityNewsPage.objects.get(pk=draft.pk).workflow_in_progress


def test_a_draft_with_such_a_picture_can_be_saved(client, people, draft):
    draft.picture = make_image(school=people.school, consent=Consent.UNKNOWN)
    draft.save_revision()
    client.force_login(people.editor)
    assert client.post(edit_url(draft), form_data(draft, people.editor)).status_code == 302


def test_approval_publishes(people, submitted):
    assert act(submitted, people.bureau, "approve").live


def test_approval_for_later_puts_the_page_on_the_schedule(people, submitted):
    when = timezone.now() + timedelta(days=2)
    page = act(submitted, people.bureau, "approve", publish_at=when.isoformat())
    assert not page.live
    assert abs(page.scheduled_revision.approved_go_live_at - when) < timedelta(minutes=1)


def test_a_time_gone_by_is_refused_at_the_field():
    form = ApproveForm({"publish_at": "2020-01-01 08:00"})
    assert "publish_at" in form.errors


def test_a_return_needs_a_reason(people, submitted):
    with pytest.raises(PermissionDenied):
        act(submitted, people.bureau, "reject", comment=" ")
    page = act(submitted, people.bureau, "reject", comment="请补充活动时间。")
    assert page.current_workflow_state.status == "needs_changes"


def test_the_school_reads_why_its_page_came_back(client, people, submitted):
    act(submitted, people.bureau, "reject", comment="请补充活动时间。")
    client.force_login(people.editor)
    assert "请补充活动时间。" in client.get(edit_url(submitted)).content.decode()


def test_a_mended_page_is_submitted_again_and_approved(client, people, submitted):
    page = act(submitted, people.bureau, "reject", comment="请补充活动时间。")
    client.force_login(people.editor)
    client.post(edit_url(page), form_data(page, people.editor) | {"place": "操场", "action-submit": "1"})
    assert act(page, people.bureau, "approve").place == "操场"


def test_a_return_goes_through_although_a_picture_lacks_consent(client, people, submitted):
    picture = make_image(school=people.school, consent=Consent.NO_PEOPLE)
    submitted.picture = picture
    submitted.save_revision()
    type(picture).objects.update(consent=Consent.UNKNOWN)
    client.force_login(people.bureau)
    data = form_data(submitted, people.bureau) | {
        "action-workflow-action": "1",
        "workflow-action-name": "reject",
        "workflow-action-extra-data": '{"comment": "请征得家长同意。"}',
    }
    assert client.post(edit_url(submitted), data).status_code == 302
    assert ActivityNewsPage.objects.get(pk=submitted.pk).current_workflow_state.status == "needs_changes"


def test_a_page_whose_picture_lost_its_consent_cannot_be_approved(people, submitted):
    submitted.picture = make_image(school=people.school, consent=Consent.UNKNOWN)
    submitted.save_revision()
    with pytest.raises(PermissionDenied):
        act(submitted, people.bureau, "approve")


def test_a_school_approves_nothing(people, submitted):
    for user in (people.editor, people.head):
        with pytest.raises(PermissionDenied):
            act(submitted, user, "approve")


def test_nobody_approves_what_she_submitted_herself(people, draft):
    draft.get_workflow().start(draft, people.bureau)
    with pytest.raises(PermissionDenied):
        act(draft, people.bureau, "approve")
    assert act(draft, people.colleague, "approve").live


def test_a_locked_page_is_not_approved_by_another(people, submitted):
    ActivityNewsPage.objects.filter(pk=submitted.pk).update(locked=True, locked_by=people.colleague)
    with pytest.raises(PermissionDenied):
        act(submitted, people.bureau, "approve")
