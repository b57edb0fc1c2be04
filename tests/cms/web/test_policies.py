"""A policy says at its top whether it still holds, and what stands in its place."""

import re
from datetime import date

import pytest

from cms.pages.models import PolicyPage, PolicyReplacement, PolicyStatus
from tests.factories import make_policy

pytestmark = pytest.mark.django_db


def replace(new, old, kind=PolicyReplacement.Kind.WHOLE):
    new.replacements.add(PolicyReplacement(earlier=old, kind=kind))
    new.save_revision().publish()


def html_of(client, page) -> str:
    return client.get(page.url).content.decode()


def test_a_replaced_policy_names_its_successor_before_its_title(client):
    old, new = make_policy("旧办法"), make_policy("新办法")
    replace(new, old)
    PolicyPage.objects.filter(pk=old.pk).update(status=PolicyStatus.REPEALED)
    html = html_of(client, old)
    assert "本文件已废止，由下列文件替代" in html
    assert html.index(f'href="{new.url}"') < html.index("<h1")


def test_an_amended_policy_names_what_amends_it(client):
    old, new = make_policy("旧办法"), make_policy("修订决定")
    replace(new, old, PolicyReplacement.Kind.PART)
    assert re.search("本文件已被修订.*修订决定", html_of(client, old), re.DOTALL)


def test_a_policy_names_what_it_replaces(client):
    old, new = make_policy("旧办法"), make_policy("新办法")
    replace(new, old)
    assert re.search("替代的文件.*旧办法", html_of(client, new), re.DOTALL)


def test_a_policy_that_ended_without_a_successor_says_when(client):
    page = make_policy(repealed_on=date(2025, 6, 1))
    PolicyPage.objects.filter(pk=page.pk).update(status=PolicyStatus.REPEALED)
    assert "本文件已于2025年6月1日废止" in html_of(client, page)


def test_a_draft_successor_is_not_named(client):
    old, new = make_policy("旧办法"), make_policy("未发布的新办法", live=False)
    PolicyReplacement.objects.create(page=new, earlier=old)
    assert "未发布的新办法" not in html_of(client, old)


def test_the_state_is_a_word_with_a_shape(client):
    tag = re.search(
        r'<span class="tag tag--in_force">(.*?)</span>', html_of(client, make_policy()), re.DOTALL
    )
    assert tag
    assert "<svg" in tag[1]
    assert "现行有效" in tag[1]


def test_the_parts_of_an_official_document_are_there(client):
    page = make_policy(addressee="各学校", document_number="心教发〔2026〕9号", effective_on=date(2026, 4, 1))
    html = html_of(client, page)
    for part in ("发文机关", "发文字号", "心教发〔2026〕9号", "2026年4月1日", "各学校：", "policy__sign"):
        assert part in html, part
