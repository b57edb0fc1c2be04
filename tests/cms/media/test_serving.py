"""How files are sent: names, types, caching, parts."""

import pytest

from cms.media.renditions import ensure_renditions
from tests.factories import make_document, make_image, make_news, make_school, make_school_user
from tests.factories.media import png_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_school()


def published_document(school, **fields):
    document = make_document(school=school, **fields)
    make_news(school, body=[("attachment", {"document": document, "title": ""})])
    return document


@pytest.fixture
def picture(school):
    image = make_image(school=school)
    ensure_renditions(image)
    make_news(school, picture=image)
    return image


def test_public_picture_costs_one_query(client, picture, django_assert_num_queries):
    url = picture.renditions.first().url
    with django_assert_num_queries(1):
        client.get(url)


def test_pictures_say_their_type_and_cannot_run(client, picture):
    for rendition in picture.renditions.all():
        response = client.get(rendition.url)
        kind = rendition.filter_spec.rsplit("-", 1)[1]
        assert response["Content-Type"] == f"image/{kind}"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'"
        assert b"".join(response) == rendition.file.read()


def test_shared_caches_must_ask_and_get_304(client, picture):
    url = picture.renditions.first().url
    first = client.get(url)
    assert "s-maxage=0" in first["Cache-Control"]
    again = client.get(url, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_no_304_once_private(client, school):
    image = make_image(school=school)
    page = make_news(school, picture=image)
    etag = client.get(image.file.url)["ETag"]
    page.unpublish()
    assert client.get(image.file.url, headers={"If-None-Match": etag}).status_code == 404


def test_private_answers_are_never_stored(client, school):
    image = make_image(school=school)
    assert "no-store" in client.get(image.file.url)["Cache-Control"]
    client.force_login(make_school_user(school))
    assert "no-store" in client.get(image.file.url)["Cache-Control"]


def test_public_picture_does_not_touch_the_session(client, picture):
    assert "Cookie" not in client.get(picture.file.url).get("Vary", "")


def test_replaced_picture_has_a_new_address_and_the_old_one_leads_there(client, picture):
    from django.core.files.base import ContentFile

    old = picture.renditions.get(filter_spec="fill-240x180|format-avif").url
    picture.file = ContentFile(png_bytes(colour="red"), name="b.png")
    picture.save()
    assert not picture.renditions.exists()
    assert client.get(old).status_code == 404
    ensure_renditions(picture)
    response = client.get(old, follow=True)
    assert response.status_code == 200
    assert response.redirect_chain[0][0] != old


def test_document_is_named_in_chinese_and_downloaded(client, school):
    document = published_document(school, title="家访记录表（样表）")
    response = client.get(document.url)
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert "%E5%AE%B6%E8%AE%BF" in response["Content-Disposition"]
    assert response["Content-Type"] == "text/plain; charset=utf-8"


def test_title_cannot_break_out_of_the_name(school):
    document = make_document(school=school, title='../a"\r\n<b>\u202efdp.exe', name="x.txt")
    assert document.filename == "a b fdp.exe.txt"


def test_stored_path_keeps_nothing_of_the_uploaded_name(school):
    document = make_document(school=school, name="../../张三的家访 记录.txt")
    image = make_image(school=school)
    assert document.file.name.isascii()
    assert "张三" not in document.file.name
    assert "picture" not in image.file.name


def test_old_name_of_a_document_leads_to_the_new(client, school):
    document = published_document(school)
    old = document.url
    document.title = "新名称"
    document.save()
    assert client.get(old, follow=True).status_code == 200


def test_private_document_does_not_tell_its_name(client, school):
    document = make_document(school=school)
    assert client.get(f"/documents/{document.pk}/x.txt").status_code == 404


def test_parts_of_a_document(client, school):
    document = published_document(school, content=b"0123456789")

    def part(header: str, **more: str):
        response = client.get(document.url, headers={"Range": header, **more})
        return response.status_code, b"".join(response), response.get("Content-Range")

    assert part("bytes=2-4") == (206, b"234", "bytes 2-4/10")
    assert part("bytes=7-") == (206, b"789", "bytes 7-9/10")
    assert part("bytes=-2") == (206, b"89", "bytes 8-9/10")
    assert part("bytes=4-99") == (206, b"456789", "bytes 4-9/10")
    assert part("bytes=10-") == (416, b"", "bytes */10")
    assert part("bytes=-0")[0] == 416
    for whole in ("bytes=0-1,3-4", "lines=1-2", "bytes=-", "bytes=5-2", "bytes=a-b"):
        assert part(whole)[:2] == (200, b"0123456789")
    assert part("bytes=0-0", **{"If-Range": '"other"'})[0] == 200


def test_head_sends_no_body_and_post_is_refused(client, school):
    document = published_document(school)
    assert client.head(document.url)["Content-Length"] == "4"
    assert client.post(document.url).status_code == 405


def test_server_in_front_can_send_the_file(client, school, settings):
    settings.MEDIA_ACCEL_PREFIX = "/internal/"
    document = published_document(school)
    response = client.get(document.url)
    assert response["X-Accel-Redirect"] == f"/internal/{document.file.name}"
    assert b"".join(response) == b""


def test_stored_files_have_no_address_of_their_own(client, school):
    document, image = published_document(school), make_image(school=school)
    for name in (document.file.name, image.file.name):
        assert client.get(f"/media/{name}").status_code == 404


def test_lost_file_is_a_404(client, school):
    document = published_document(school)
    document.file.storage.delete(document.file.name)
    assert client.get(document.url).status_code == 404
