"""The parts of the demo: markup, drawings, documents."""

from io import BytesIO

import pytest
from PIL import Image

from cms.demo.drawing import SCENES, SIZE, draw
from cms.demo.files import make_file
from cms.demo.markup import body, html
from cms.demo.plans import calendar_of, leading_group_of, template_sections
from cms.demo.records import read
from cms.media.documents_in import check_document


class NoShelf:
    """Gives back the names it is asked for."""

    def picture(self, name: str) -> str:
        return name

    def document(self, name: str) -> str:
        return name


def test_markup_makes_every_block():
    text = """首段。

## 标题

- 一
- 二

> 话
> —— 出处

!info 提示
内容

table: 表
| 甲 | 乙 |
| 1 | 2 |

@ hills 1 | 远山 | 说明

@ hills 1 | 一
@ hills 2 | 二

~ 9月 | 摸底 | 细节

& form | 表"""
    blocks = body(text, NoShelf())
    kinds = [
        "text",
        "heading",
        "text",
        "quote",
        "notice",
        "table",
        "picture",
        "gallery",
        "timeline",
        "attachment",
    ]
    assert [kind for kind, _value in blocks] == kinds
    assert blocks[3][1] == {"text": "话", "source": "出处"}
    assert blocks[5][1]["table"]["data"] == [["甲", "乙"], ["1", "2"]]


def test_text_is_escaped():
    assert html("<script>") == "<p>&lt;script&gt;</p>"
    assert html("**重点**") == "<p><b>重点</b></p>"


def test_plan_parts_are_found():
    text = "# 目标（选填）\n?写清数字\n家访。\n= 9-10 | 家访 | 分两轮\n* 组长 | 甲 | 负责"
    assert template_sections(text) == [
        (
            "section",
            {"heading": "目标", "guidance": "<p>写清数字</p>", "required": False, "starter": "<p>家访。</p>"},
        )
    ]
    row = {"first_month": "9", "last_month": "10", "label": "分两轮", "work": "家访", "key": ""}
    assert calendar_of(text) == [("row", row)]
    assert leading_group_of(text) == [("person", {"role": "组长", "names": "甲", "duty": "负责"})]


@pytest.mark.parametrize("scene", SCENES)
def test_scene_is_the_same_for_the_same_seed(scene):
    first = draw(scene, "1")
    assert Image.open(BytesIO(first)).size == SIZE
    assert first == draw(scene, "1")
    assert first != draw(scene, "2")


def test_documents_are_fit_for_upload():
    for record in read("files"):
        check_document(BytesIO(make_file(record)), f"a.{record.get('kind')}")
