"""Blocks: previews in the chooser, safe links, and nothing broken when what they point to is gone."""

import json

import pytest
from django.test import override_settings
from django.urls import reverse
from wagtail.blocks import Block

from cms.pages.blocks import BodyBlock, CalendarBlock
from cms.pages.blocks.body import TextBlock
from cms.pages.blocks.values import CalendarRowValue
from cms.pages.models import ActivityNewsPage, PlanPage, PolicyPage
from cms.pages.text import first_sentence, plain_text
from tests.factories import (
    make_bureau_user,
    make_document,
    make_image,
    make_news,
    make_plan,
    make_policy,
    make_school,
)

BODY = BodyBlock()
CALENDAR_ROW = CalendarBlock().child_blocks["row"]


def row(first: str, last: str = "", label: str = "") -> CalendarRowValue:
    return CALENDAR_ROW.normalize(
        {"first_month": first, "last_month": last, "label": label, "work": "家访", "key": ""}
    )


@pytest.mark.parametrize("name", list(BODY.child_blocks))
@pytest.mark.django_db
def test_each_block_of_a_body_has_a_preview_and_a_description(client, name):
    block = ActivityNewsPage._meta.get_field("body").stream_block.child_blocks[name]
    assert block.is_previewable
    assert block.get_description()
    assert Block.definition_registry[block.definition_prefix] is block
    client.force_login(make_bureau_user())
    answer = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert answer.status_code == 200
    assert "css/tokens.css" in answer.content.decode()


@pytest.mark.parametrize(
    ("first", "last", "label", "months", "when"),
    [
        ("9", "", "", [9], "9月"),
        ("9", "9", "", [9], "9月"),
        ("12", "2", "", [12, 1, 2], "12月至2月"),
        ("4", "", "四月上旬", [4], "四月上旬"),
    ],
)
def test_a_calendar_row_knows_its_months(first, last, label, months, when):
    value = row(first, last, label)
    assert value.months == months
    assert value.when == when


@pytest.mark.django_db
def test_deleted_pictures_and_documents_leave_nothing_broken(rf):
    school = make_school()
    picture, document = make_image(school=school), make_document(school=school)
    shown = {"image": picture, "alt": "操场", "caption": "", "credit": ""}
    body = [
        ("picture", shown),
        ("gallery", {"pictures": [shown, shown], "caption": ""}),
        ("attachment", {"document": document, "title": ""}),
    ]
    news = make_news(school, body=body)
    picture.delete()
    document.delete()
    html = str(ActivityNewsPage.objects.get(pk=news.pk).body)
    assert "<img" not in html
    assert "href" not in html
    value = ActivityNewsPage.objects.get(pk=news.pk).body[2].value
    assert (value.label, value.extension, value.size) == ("", "", None)


@pytest.mark.django_db
def test_a_plan_outlives_the_policy_it_rests_on_and_hides_drafts(client):
    gone, draft, live = make_policy("已删"), make_policy("草稿", live=False), make_policy("现行")
    plan = make_plan(basis=[("basis", {"policy": page, "title": ""}) for page in (gone, draft, live)])
    gone.delete()
    values = [child.value for child in PlanPage.objects.get(pk=plan.pk).basis]
    assert [value.label for value in values] == ["", "", "现行"]
    assert client.get(plan.url).status_code == 200


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_links_that_run_code_are_dropped_from_text(url):
    raw = {
        "blocks": [
            {
                "key": "a",
                "text": "点这里",
                "type": "unstyled",
                "depth": 0,
                "inlineStyleRanges": [],
                "entityRanges": [{"offset": 0, "length": 3, "key": 0}],
            }
        ],
        "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": url}}},
    }
    value = TextBlock().value_from_datadict({"x": json.dumps(raw)}, {}, "x")
    assert "点这里" in value.source
    assert "href" not in value.source


@pytest.mark.django_db
def test_plain_text_has_the_words_of_every_block_and_no_keys():
    body = [
        ("heading", {"text": "背景", "level": "2"}),
        ("text", "<p>甲</p><p>乙</p>"),
        ("quote", {"text": "丙", "source": "丁"}),
        ("timeline", {"items": [{"when": "九月", "title": "戊", "text": ""}]}),
    ]
    policy = make_policy(body=body)
    assert plain_text(policy).split("\n") == ["背景", "甲 乙", "丙", "丁", "九月", "戊"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ("<p>各学校：</p><p>为做好工作，现通知如下。一、</p>", "为做好工作，现通知如下。"),
        ("<ul><li>第一条</li></ul>", "第一条"),
        ("<p>他说：“好。”大家鼓掌。</p>", "他说：“好。”"),
        (f"<p>{'长' * 200}。</p>", "长" * 119 + "…"),
        ("<p></p>", ""),
    ],
)
def test_the_first_sentence_passes_over_salutations_and_is_short(html, sentence):
    assert first_sentence(PolicyPage(body=[("text", html)])) == sentence


@pytest.mark.django_db
@override_settings(ALLOWED_HOSTS=["*"])
@pytest.mark.parametrize("maker", ["news", "policy", "plan"])
def test_drafts_are_previewed_with_what_is_not_saved_yet(client, maker):
    school = make_school()
    makers = {
        "news": lambda: make_news(school, live=False),
        "policy": lambda: make_policy(live=False),
        "plan": lambda: make_plan(school, live=False),
    }
    page = makers[maker]()
    client.force_login(make_bureau_user())
    from tests.cms.pages.helpers import form_of

    data = dict(form_of(page, make_bureau_user(), title="尚未保存的标题").data)
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert client.post(url, data).json()["is_valid"]
    answer = client.get(url, {"mode": ""})
    assert answer.status_code == 200
    assert "尚未保存的标题" in answer.content.decode()
