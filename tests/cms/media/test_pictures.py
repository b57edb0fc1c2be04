"""Pictures are made at publication, in good formats and sizes, and shown without a query too many."""

import pytest
from django.template import Context, Template
from PIL import Image

from cms.media.presets import PRESETS
from cms.media.renditions import attach_renditions, ensure_renditions, missing_renditions, picture_sources
from cms.media.signals import render_pictures
from tests.factories import make_image, make_news, make_school

pytestmark = pytest.mark.django_db


def show(image, tag='{% picture image "lead" alt="操场" %}', **context) -> str:
    return Template("{% load pictures %}" + tag).render(Context({"image": image, **context}))


def test_publication_makes_every_rendition(django_capture_on_commit_callbacks, monkeypatch):
    monkeypatch.setattr("cms.media.signals.PATIENCE", 600)
    image = make_image(size=(1600, 1200))
    with django_capture_on_commit_callbacks(execute=True):
        make_news(make_school(), picture=image)
    assert missing_renditions(image) == []


def test_draft_makes_no_rendition(django_capture_on_commit_callbacks):
    image = make_image()
    with django_capture_on_commit_callbacks(execute=True):
        make_news(make_school(), picture=image, live=False)
    assert not image.renditions.exists()


def test_renditions_have_the_shape_and_size_of_their_use():
    image = make_image(size=(1600, 1200))
    ensure_renditions(image)
    lead = picture_sources(image, "lead")
    assert (lead["width"], lead["height"]) == (1280, 720)
    assert [r["width"] for r in lead["renditions"] if r["type"] == "image/avif"] == [480, 800, 1280]
    body = picture_sources(image, "body")
    assert [r["height"] for r in body["renditions"] if r["type"] == "image/webp"] == [300, 600, 900]


def test_formats_are_what_they_say():
    image = make_image()
    ensure_renditions(image)
    kinds = {r.filter_spec.rsplit("-", 1)[1]: Image.open(r.file).format for r in image.renditions.all()}
    assert kinds == {"avif": "AVIF", "webp": "WEBP", "jpeg": "JPEG"}


def test_nothing_is_enlarged():
    image = make_image(size=(300, 200))
    ensure_renditions(image)
    assert max(r.width for r in image.renditions.all()) <= 300


@pytest.mark.parametrize("preset", PRESETS)
def test_picture_tag_gives_size_formats_and_patience(preset):
    image = make_image(size=(1600, 1200))
    ensure_renditions(image)
    html = show(image, '{% picture image preset alt="操场" %}', preset=preset)
    assert html.index("image/avif") < html.index("image/webp") < html.index("<img")
    for part in ('width="', 'height="', 'alt="操场"', 'loading="lazy"', 'decoding="async"', 'sizes="'):
        assert part in html


def test_first_picture_does_not_wait():
    html = show(make_image(), '{% picture image "lead" eager=True %}')
    assert 'loading="lazy"' not in html
    assert 'fetchpriority="high"' in html


def test_no_picture_is_no_tag():
    assert show(None) == ""


def test_missing_renditions_write_nothing_on_reading(django_assert_num_queries):
    image = make_image()
    with django_assert_num_queries(1):
        html = show(image)
    assert "<img" in html
    assert not image.renditions.exists()


def test_list_of_pictures_costs_one_query(django_assert_num_queries):
    images = [make_image() for _ in range(5)]
    with django_assert_num_queries(1):
        attach_renditions(images)
        for image in images:
            show(image)


def test_pictures_of_a_page_cost_one_query(django_assert_num_queries):
    first, second = make_image(), make_image()
    body = [("picture", {"image": first, "alt": "甲"}), ("picture", {"image": second, "alt": "乙"})]
    page = make_news(make_school(), picture=first, body=body)
    blocks = [block.value["image"] for block in page.body]
    with django_assert_num_queries(1):
        for image in blocks:
            show(image, page=page)


def test_unreadable_picture_does_not_stop_the_others(monkeypatch):
    monkeypatch.setattr("cms.media.signals.PATIENCE", 600)
    broken, good = make_image(), make_image()
    broken.file.storage.delete(broken.file.name)
    render_pictures([broken.pk, good.pk])
    assert missing_renditions(good) == []


def test_what_takes_too_long_goes_to_the_worker(monkeypatch):
    from django_tasks_db.models import DBTaskResult

    monkeypatch.setattr("cms.media.signals.PATIENCE", 0)
    render_pictures([make_image().pk])
    assert DBTaskResult.objects.filter(task_path="cms.media.tasks.make_renditions").count() == 1


def test_alternative_text_is_escaped():
    assert "<script>" not in show(make_image(), '{% picture image "list" alt=alt %}', alt='"><script>')
