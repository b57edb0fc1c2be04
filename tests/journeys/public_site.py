"""A small public site for the journeys: one of everything, with long titles and with missing pictures."""

from __future__ import annotations

from datetime import date

from wagtail.models import Site

from cms.pages.models import BureauSettings, HomePage, PolicyReplacement, PolicyStatus, StandardPage
from search.service import drain
from tests.factories import (
    make_document,
    make_image,
    make_news,
    make_plan,
    make_policy,
    make_school,
    make_template,
    make_topic,
)

LONG = (
    "关于进一步加强和改进全县中小学、幼儿园留守儿童档案管理与联系卡制度建设若干问题的指导意见（2026年修订）"
)


def _every_block() -> list[tuple[str, object]]:
    picture = {"image": make_image(), "alt": "操场", "caption": "活动当天", "credit": "王老师"}
    table = {
        "data": [["学段", "家访次数"], ["小学", "2"], ["初中", "4"]],
        "first_row_is_table_header": True,
        "first_col_is_header": True,
    }
    return [
        ("heading", {"text": "总体要求", "level": "2"}),
        ("text", "<p>各学校建立档案和联系卡。</p><ul><li>学生的基本情况；</li><li>监护人的情况。</li></ul>"),
        ("heading", {"text": "建立档案", "level": "3"}),
        ("picture", picture),
        ("gallery", {"pictures": [picture, picture], "caption": "掠影"}),
        ("heading", {"text": "分工", "level": "2"}),
        ("table", {"caption": "任务分工", "table": table}),
        ("quote", {"text": "我会自己洗衣服了。", "source": "一名学生"}),
        ("notice", {"kind": "warning", "title": "请注意", "text": "<p>保护儿童隐私。</p>"}),
        ("attachment", {"document": make_document(name="dengji.txt"), "title": "登记表"}),
        ("timeline", {"items": [{"when": "9月", "title": "摸底", "text": "上报"}]}),
    ]


def build() -> list[str]:
    """Make the site; return the address of one page of each kind, and of lists with filters and without results."""
    bureau = BureauSettings.for_site(Site.objects.get(is_default_site=True))
    bureau.bureau_name, bureau.tagline = "心桥县教育局", "政策文件、学校动态和工作计划，一处查到"
    bureau.phone, bureau.icp_number = "0000-1234567", "某ICP备00000000号"
    bureau.save()
    about = HomePage.objects.get().add_child(
        instance=StandardPage(title="关于我们", slug="about", body=_every_block())
    )
    school = make_school(
        "河湾小学", code="hw-01", address="河湾镇中心街1号", phone="0000-7654321", boarding=True
    )
    make_school("青山幼儿园", code="qs-01", stage="kindergarten", township="青山乡")
    topic = make_topic("校园安全")
    old = make_policy("校园安全工作意见（试行）", topics=[topic])
    new = make_policy(LONG, topics=[topic], body=_every_block(), addressee="各学校", intro="供各学校执行。")
    new.replacements.add(PolicyReplacement(earlier=old))
    new.save_revision().publish()
    type(old).objects.filter(pk=old.pk).update(status=PolicyStatus.REPEALED)
    template = make_template(topics=[topic])
    plan = make_plan(school, template_page=template, **_whole_plan())
    news = make_news(school, "中秋写家书", picture=make_image(), related_plan=plan, body=_every_block())
    make_news(school, LONG, date=date(2026, 9, 3))
    while drain().changed:  # what the worker does
        pass
    pages = [about, old, new, template, plan, news]
    return [*(page.url for page in pages), *LISTS]


def _whole_plan() -> dict[str, object]:
    row = {"first_month": "9", "last_month": "10", "label": "第一周", "work": "更新档案。", "key": ""}
    return {
        "calendar": [("row", row), ("row", {**row, "first_month": "11", "last_month": ""})],
        "leading_group": [("person", {"role": "组长", "names": "校长", "duty": "全面负责"})],
        "basis": [("basis", {"policy": None, "title": "省实施意见"})],
    }


LISTS = [
    "/",
    "/policies/",
    "/policies/?status=repealed&year=2026",
    "/policies/?q=没有这个词",
    "/news/",
    "/plans/",
    "/templates/",
    "/schools/",
    "/schools/hw-01/",
    "/schools/hw-01/news/",
    "/schools/hw-01/plans/",
    "/schools/qs-01/",
    "/search/",
    "/search/?q=档案",
    "/search/?q=没有这个词",
]
