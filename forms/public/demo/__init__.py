"""The demonstration of a public form: the enrolment for an open day, with its page."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from cms.service import HomePage, refuse_in_production
from forms.definitions.actions import CreateForm, PublishForm
from forms.definitions.models import Audience, Form
from forms.public.actions import SetPublicRules
from forms.public.models import FormPage, Once, PersonBy

SLUG = "open-day"
INTRO = "走进校园，听一节课，看一看食堂和宿舍。请家长扫码或在此页报名。"
BODY = (
    "<p>本学期校园开放日面向全县家长，分上午、下午两场。到校后由学生志愿者带领，随堂听课、参观食堂和宿舍，"
    "并与班主任面对面交流。</p><p>每个家庭报名一次，名额报满即止。行程有变时，可凭回执上的链接撤回报名，把名额让给其他家庭。</p>"
)
DAYS_OPEN, PLACES = 60, 200


class Output(Protocol):
    """Something to write progress to."""

    def write(self, text: str, /) -> Any:
        """Write a line."""


def load_public_demo(stdout: Output) -> None:
    """Make the open day's form and page, once. Raises PermissionDenied in production."""
    refuse_in_production()
    home = HomePage.objects.first()
    if home is None or Form.objects.filter(slug=SLUG).exists():
        return
    content = json.loads((Path(__file__).parent / "open-day.json").read_text())
    with transaction.atomic(), override("zh-hans"):
        fields = {"slug": SLUG, "title": content["title"], "audience": Audience.PUBLIC}
        form = CreateForm(fields).execute()
        PublishForm(form, content).execute()
        rules = {
            "closes_at": timezone.now() + timedelta(days=DAYS_OPEN),
            "quota": PLACES,
            "once": Once.EVER,
            "person_by": PersonBy.ANSWER,
            "person_question": "phone",
        }
        SetPublicRules(form, rules).execute()
        page = FormPage(title=content["title"], intro=INTRO, form=form, body=[("text", BODY)], live=False)
        page.make_address_below(home)
        home.add_child(instance=page)
        page.save_revision().publish()
    stdout.write("  公开表单 1 份：校园开放日报名\n")
