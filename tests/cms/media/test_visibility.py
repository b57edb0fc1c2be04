"""A file is private until an open live page shows it, and private again when none does."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.media import addresses
from cms.media.models import MediaUse
from cms.media.renditions import ensure_renditions
from cms.media.visibility import (
    public_documents,
    public_images,
    rebuild_uses,
    user_can_see_document,
    user_can_see_image,
)
from cms.pages.models import ActivityNewsPage, BasePage
from tests.factories import (
    make_bureau_user,
    make_document,
    make_image,
    make_news,
    make_school,
    make_school_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def image(school):
    image = make_image(school=school)
    ensure_renditions(image)
    return image


def addresses_of(image) -> list[str]:
    return [image.file.url, *(rendition.url for rendition in image.renditions.all())]


def statuses(client, image) -> set[int]:
    return {client.get(url).status_code for url in addresses_of(image)}


def restrict(page) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def test_upload_is_private(client, image):
    assert statuses(client, image) == {404}


def test_picture_of_a_published_page_is_public(client, school, image):
    make_news(school, picture=image)
    assert statuses(client, image) == {200}
    assert list(public_images()) == [image]


@pytest.mark.parametrize("where", ["picture", "gallery"])
def test_pictures_in_blocks_count(client, school, image, where):
    one = {"image": image, "alt": "操场"}
    value = one if where == "picture" else {"pictures": [one, one], "caption": ""}
    make_news(school, body=[(where, value)])
    assert statuses(client, image) == {200}


def test_documents_in_blocks_and_text_links_count(client, school):
    block, link = make_document(school=school), make_document(school=school)
    text = f'<p><a linktype="document" id="{link.pk}">表</a></p>'
    make_news(school, body=[("attachment", {"document": block, "title": ""}), ("text", text)])
    assert set(public_documents()) == {block, link}
    assert {client.get(document.url).status_code for document in (block, link)} == {200}


def test_picture_of_a_draft_is_private(client, school, image):
    make_news(school, picture=image, live=False)
    assert statuses(client, image) == {404}


def test_picture_that_only_a_draft_of_a_live_page_shows_is_private(client, school, image):
    page = make_news(school)
    page.picture = image
    page.save_revision()
    assert statuses(client, image) == {404}
    page.get_latest_revision().publish()
    assert statuses(client, image) == {200}


def test_picture_taken_off_a_draft_stays_public_until_that_is_published(client, school, image):
    page = make_news(school, picture=image)
    page.picture = None
    revision = page.save_revision()
    assert statuses(client, image) == {200}
    revision.publish()
    assert statuses(client, image) == {404}


def test_private_again_after_unpublishing(client, school, image):
    page = make_news(school, picture=image)
    page.unpublish()
    assert statuses(client, image) == {404}


def test_private_again_when_unpublished_through_the_base_class(client, school, image):
    page = make_news(school, picture=image)
    BasePage.objects.get(pk=page.pk).unpublish()
    assert statuses(client, image) == {404}


def test_private_again_even_when_the_row_is_changed_behind_our_back(client, school, image):
    page = make_news(school, picture=image)
    BasePage.objects.filter(pk=page.pk).update(live=False)
    assert statuses(client, image) == {404}


def test_private_again_after_expiry(client, school, image):
    page = make_news(school, picture=image)
    BasePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    assert statuses(client, image) == {404}


def test_private_again_after_deletion(client, school, image):
    make_news(school, picture=image).delete()
    assert statuses(client, image) == {404}


def test_stays_public_while_another_page_shows_it(client, school, image):
    make_news(school, picture=image)
    make_news(school, picture=image).unpublish()
    assert statuses(client, image) == {200}


def test_scheduled_page_does_not_make_public_yet(client, school, image):
    page = make_news(school, live=False, picture=image)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    assert statuses(client, image) == {404}


def test_restriction_above_the_page_makes_private_and_its_end_public(client, school, image):
    make_news(school, picture=image)
    restriction = restrict(school.page)
    assert statuses(client, image) == {404}
    restriction.delete()
    assert statuses(client, image) == {200}


def test_page_published_below_a_restriction_does_not_make_public(client, school, image):
    restrict(school.page)
    make_news(school, picture=image)
    assert statuses(client, image) == {404}


def test_moving_below_a_restriction_makes_private(client, school, image):
    other = make_school()
    restrict(other.page)
    page = make_news(school, picture=image)
    page.move(other.page.get_children().get(slug="news"), pos="last-child")
    assert statuses(client, image) == {404}


def test_keepers_of_the_collection_see_private_files(client, school, image):
    document = make_document(school=school)
    for user in (make_school_user(school), make_bureau_user()):
        assert user_can_see_image(user, image)
        assert user_can_see_document(user, document)
        client.force_login(user)
        assert statuses(client, image) == {200}
        assert client.get(document.url).status_code == 200


def test_other_schools_people_do_not_see_private_files(client, image, school):
    stranger = make_school_user(make_school())
    assert not user_can_see_image(stranger, image)
    client.force_login(stranger)
    assert statuses(client, image) == {404}
    assert client.get(make_document(school=school).url).status_code == 404


def test_inactive_user_sees_nothing_private(school, image):
    user = make_school_user(school, is_active=False)
    assert not user_can_see_image(user, image)


def test_preview_address_opens_the_one_file_to_anybody(client, school, image):
    document = make_document(title="家访记录表（样表）", school=school)
    with addresses.for_preview():
        urls = [*addresses_of(image), document.url]
    assert {client.get(url).status_code for url in urls} == {200}
    signature = urls[0].partition("?")[2]
    assert client.get(f"{addresses_of(image)[1]}?{signature}").status_code == 404


def test_preview_address_ends_after_an_hour(client, image, monkeypatch):
    with addresses.for_preview():
        url = image.file.url
    monkeypatch.setattr(addresses, "PREVIEW_SECONDS", -1)
    assert client.get(url).status_code == 404


def test_wagtails_partial_saves_do_not_publish_a_draft(school, image):
    page = make_news(school)
    page.picture = image
    page.save(update_fields=["draft_title"])
    assert not public_images().exists()


def test_rollback_leaves_files_private(school, image):
    from django.db import transaction

    page = make_news(school, live=False, picture=image)

    def publish_and_fail() -> None:
        with transaction.atomic():
            page.get_latest_revision().publish()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        publish_and_fail()
    assert not public_images().exists()


def test_records_equal_what_is_computed_and_are_mended(school, image):
    document = make_document(school=school)
    make_news(school, picture=image, body=[("attachment", {"document": document, "title": ""})])
    assert rebuild_uses() == 0
    MediaUse.objects.filter(document=document).delete()
    hidden = make_news(school, live=False)
    MediaUse.objects.create(page=hidden, image=image, open=True)
    MediaUse.objects.filter(page__live=True).update(open=False)
    assert rebuild_uses() > 0
    assert set(MediaUse.objects.values_list("image", "document", "open")) == {
        (image.pk, None, True),
        (None, document.pk, True),
    }
    call_command("check_media")


def test_saving_a_page_records_each_use_once(school, image):
    page = make_news(school, picture=image, body=[("picture", {"image": image, "alt": "操场"})])
    ActivityNewsPage.objects.get(pk=page.pk).save()
    assert MediaUse.objects.count() == 1
