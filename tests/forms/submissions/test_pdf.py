"""A submission on paper: Chinese, whole, and masked."""

import pypdfium2
import pytest
import zxingcpp
from django.conf import settings

from cms.pages.models import BureauSettings
from forms.out.pdf.submission import submission_pdf
from forms.submissions.reading import Reading
from tests.factories.forms import make_submission, make_version, one_step, question
from tests.forms.submissions.conftest import ANSWERS
from tests.forms.submissions.test_reading import GUARDIANS

pytestmark = pytest.mark.django_db


def printed(submission, user, **how) -> str:
    reading = Reading(submission.revisions.select_related("version").get(), **how)
    pages = pypdfium2.PdfDocument(submission_pdf(submission, reading, user))
    return "".join(page.get_textpage().get_text_range() for page in pages)


def test_it_has_the_bureau_the_receipt_the_answers_and_who_printed_it(people, version):
    from wagtail.models import Site

    bureau = BureauSettings.for_site(Site.objects.get(is_default_site=True))
    bureau.bureau_name = "龙山县教育局"
    bureau.save()
    submission = make_submission(version, people.teacher, {**ANSWERS, **GUARDIANS}, school=people.school)
    text = printed(submission, people.head)
    for word in (
        "龙山县教育局",
        "家访记录",
        submission.receipt,
        "王小明",
        "王大山",
        "甲小学",
        "李校长",
        "第 1 页",
    ):
        assert word in text, word


def test_its_code_leads_to_the_submission(people, version):
    submission = make_submission(version, people.teacher, {**ANSWERS, **GUARDIANS})
    reading = Reading(submission.revisions.select_related("version").get())
    pages = pypdfium2.PdfDocument(submission_pdf(submission, reading, people.head))
    codes = [code.text for page in pages for code in zxingcpp.read_barcodes(page.render(scale=3).to_pil())]
    assert codes == [f"{settings.SITE_URL}/found/submissions/{submission.pk}/"]


def test_sensitive_answers_are_masked_unless_opened(people, version):
    submission = make_submission(version, people.teacher, {**ANSWERS, **GUARDIANS})
    masked, opened = printed(submission, people.head), printed(submission, people.head, opened=True)
    for secret in (ANSWERS["card"], "13812345678"):
        assert secret not in masked
        assert secret in opened


def test_long_text_flows_over_pages_and_rare_characters_are_there(people):
    version = make_version(
        one_step(
            question("long_text", "talk", label="经过", max_length=50_000),
            question("name", "who", label="姓名"),
        )
    )
    long = "今天到学生家里走访，了解到家庭情况。" * 400
    submission = make_submission(version, people.teacher, {"talk": f"{long}完毕", "who": "𠮷䶮"})
    text = printed(submission, people.head).replace("\r\n", "")
    assert "完毕" in text
    assert "第 3 页" in text
    assert "䶮" in text


def test_a_roster_of_many_items_goes_on_over_pages(people, version):
    many = {"guardians": [{"guardian": "张某某"} for _ in range(50)]}
    submission = make_submission(version, people.teacher, {**ANSWERS, **many}, school=people.school)
    assert printed(submission, people.head).count("张某某") == 50
