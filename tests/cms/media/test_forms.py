"""Uploads through the admin, the chooser, several at once: the same rules, the right collection."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cms.media.models import SiteDocument, SiteImage
from cms.people.models import Role
from tests.factories import (
    make_bureau_user,
    make_document,
    make_image,
    make_news,
    make_school,
    make_school_user,
)
from tests.factories.media import png_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def editor(client, school):
    user = make_school_user(school)
    client.force_login(user)
    return user


def upload(content: bytes | None = None, name: str = "活动.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, png_bytes() if content is None else content)


def test_upload_of_a_school_goes_to_its_collection(client, school, editor):
    data = {"title": "拔河", "file": upload(), "consent": "given", "credit": "王老师"}
    client.post(reverse("wagtailimages:add"), data)
    image = SiteImage.objects.get()
    assert (image.collection, image.title, image.consent) == (school.media.collection, "拔河", "given")
    assert image.uploaded_by_user == editor


def test_school_cannot_name_another_collection(client, school, editor):
    other = make_school()
    data = {"title": "拔河", "file": upload(), "consent": "given", "collection": other.media.collection.pk}
    client.post(reverse("wagtailimages:add"), data)
    assert SiteImage.objects.get().collection == school.media.collection


def test_form_is_in_chinese_with_consent_and_credit(client, editor):
    html = client.get(reverse("wagtailimages:add")).content.decode()
    for text in ("图片", "授权", "文件"):
        assert text in html
    assert 'name="consent"' in html
    assert 'name="credit"' in html


@pytest.mark.parametrize(
    "url", ["wagtailimages:add", "wagtailimages:add_multiple", "wagtailimages_chooser:create"]
)
def test_bad_picture_is_refused_everywhere(client, editor, url):
    bad = png_bytes((900, 900))[:800]
    data = {"title": "坏", "image-chooser-upload-title": "坏"}
    for name in ("file", "files[]", "image-chooser-upload-file"):
        data[name] = upload(bad)
    response = client.post(reverse(url), data)
    assert not SiteImage.objects.exists()
    assert "损坏" in read(response)


@pytest.mark.parametrize("url", ["wagtaildocs:add", "wagtaildocs:add_multiple", "wagtaildocs_chooser:create"])
def test_bad_document_is_refused_everywhere(client, editor, url):
    data = {"title": "坏", "document-chooser-upload-title": "坏"}
    for name in ("file", "files[]", "document-chooser-upload-file"):
        data[name] = upload(b"MZ\x90", "表.docx")
    response = client.post(reverse(url), data)
    assert not SiteDocument.objects.exists()
    assert "扩展名" in read(response)


def test_several_pictures_at_once_keep_their_names_as_titles(client, school, editor):
    data = {"title": "开学第一课", "files[]": upload()}
    response = client.post(reverse("wagtailimages:add_multiple"), data).json()
    assert response["success"]
    assert SiteImage.objects.get().title == "开学第一课"
    assert SiteImage.objects.get().collection == school.media.collection


def read(response) -> str:
    """The text of an answer in HTML or JSON."""
    text = response.content.decode()
    return str(json.loads(text)) if text.lstrip().startswith("{") else text


def edit_data(item, **changes) -> dict:
    data = {
        "title": item.title,
        "consent": getattr(item, "consent", ""),
        "credit": "",
        "description": "",
        "tags": "",
    }
    return {**data, **changes}


def test_school_cannot_replace_or_retitle_what_the_public_sees(client, school, editor):
    image, document = make_image(school=school), make_document(school=school)
    make_news(school, picture=image, body=[("attachment", {"document": document, "title": ""})])
    before = image.file_hash, document.file_hash
    client.post(
        reverse("wagtailimages:edit", args=[image.pk]), edit_data(image, file=upload(png_bytes(colour="red")))
    )
    client.post(reverse("wagtaildocs:edit", args=[document.pk]), edit_data(document, title="改名"))
    client.post(reverse("wagtailimages:delete", args=[image.pk]))
    client.post(reverse("wagtaildocs:delete", args=[document.pk]))
    image, document = SiteImage.objects.get(), SiteDocument.objects.get()
    assert (image.file_hash, document.file_hash) == before
    assert document.title == "附件"


def test_school_cannot_delete_public_pictures_in_bulk(client, school, editor):
    image = make_image(school=school, uploaded_by_user=editor)
    make_news(school, picture=image)
    url = reverse("wagtail_bulk_action", args=["cms", "siteimage", "delete"])
    client.post(f"{url}?id={image.pk}", {"next": "/admin/"})
    assert SiteImage.objects.exists()


def test_school_can_still_withdraw_consent_of_what_the_public_sees(client, school, editor):
    image = make_image(school=school, consent="given")
    make_news(school, picture=image)
    client.post(reverse("wagtailimages:edit", args=[image.pk]), edit_data(image, consent="unknown"))
    assert SiteImage.objects.get().consent == "unknown"


def test_school_can_replace_what_nobody_sees(client, school, editor):
    image = make_image(school=school)
    red = upload(png_bytes(colour="red"))
    client.post(reverse("wagtailimages:edit", args=[image.pk]), edit_data(image, title="新", file=red))
    changed = SiteImage.objects.get()
    assert (changed.title, changed.file_hash != image.file_hash) == ("新", True)


def test_bureau_can_replace_what_the_public_sees(client, school):
    image = make_image(school=school)
    make_news(school, picture=image)
    client.force_login(make_bureau_user(Role.BUREAU_EDITOR))
    data = edit_data(image, file=upload(png_bytes(colour="red")), collection=school.media.collection.pk)
    client.post(reverse("wagtailimages:edit", args=[image.pk]), data)
    assert SiteImage.objects.get().file_hash != image.file_hash


@pytest.mark.parametrize("kind", ["image", "document"])
def test_other_schools_files_are_neither_listed_nor_edited_nor_chosen(client, editor, kind):
    other = make_school()
    item = make_image("他校的图", other) if kind == "image" else make_document("他校的图", other)
    app = f"wagtail{kind}s" if kind == "image" else "wagtaildocs"
    for url in (reverse(f"{app}:index"), reverse(f"{app}_chooser:choose")):
        assert "他校的图" not in client.get(url).content.decode()
    assert client.get(reverse(f"{app}:edit", args=[item.pk])).status_code in {302, 404}
    assert client.get(reverse(f"{app}_chooser:chosen", args=[item.pk])).status_code in {302, 403, 404}


def test_same_picture_at_another_school_is_not_given_away(client, editor):
    other = make_school()
    make_image("他校的图", other)
    response = client.post(reverse("wagtailimages:add_multiple"), {"title": "图", "files[]": upload()})
    assert "他校的图" not in response.content.decode()
    assert response.json()["duplicate"] is False


def test_chooser_says_whether_there_is_consent(client, school, editor):
    make_image("拔河", school, consent="unknown")
    html = json.loads(client.get(reverse("wagtailimages_chooser:choose")).content)["html"]
    assert "尚未征求同意" in html


def test_inspector_has_no_media(client):
    client.force_login(make_bureau_user(Role.INSPECTOR))
    assert client.get(reverse("wagtailimages:add")).status_code == 302
