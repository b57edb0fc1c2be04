"""A teacher, a form and her draft of it, and a browser without scripts."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.test import Client
from lxml import html

from cms.people.models import Role
from forms.filling.actions import StartDraft
from forms.filling.models import Draft
from tests.factories import make_school, make_school_user
from tests.factories.forms import make_version, question

#: Two steps, a roster with one inside it, a question that depends on another, a step that does.
HOME_VISIT: dict[str, Any] = {
    "title": "家访记录",
    "lists": {"l": {"choices": [{"value": "good", "label": "好"}, {"value": "poor", "label": "差"}]}},
    "steps": [
        {
            "name": "visit",
            "title": "家访情况",
            "items": [
                question("text", "place"),
                question("integer", "people", required=True),
                question("yes_no", "worried"),
                question("long_text", "worry", relevant="${worried} = 'yes'", required=True),
                question("id_number", "number", sensitive=True, purpose="核对学籍"),
            ],
        },
        {
            "name": "family",
            "title": "家庭成员",
            "items": [
                {
                    "type": "roster",
                    "name": "member",
                    "label": "成员",
                    "item_name": "成员",
                    "maximum": 3,
                    "items": [
                        question("name", "who", required=True),
                        question("integer", "age"),
                        {
                            "type": "roster",
                            "name": "phone",
                            "label": "电话",
                            "items": [question("phone", "tel")],
                        },
                    ],
                }
            ],
        },
        {
            "name": "help",
            "title": "帮扶措施",
            "relevant": "${worried} = 'yes'",
            "items": [question("long_text", "plan", required=True)],
        },
        {"name": "closing", "title": "小结", "items": [question("choice", "mood", list="l")]},
    ],
}


def make_teacher(**fields: Any) -> Any:
    """A class teacher in a school of her own."""
    return make_school_user(make_school(), Role.CLASS_TEACHER, **fields)


def make_draft(content: dict[str, Any] | None = None, user: Any = None, **options: Any) -> Draft:
    """A draft of the home visit, or of another form, that a teacher has begun."""
    version = make_version(content or HOME_VISIT)
    return StartDraft(version, user or make_teacher(), **options).execute()


class Browser:
    """Opens pages and sends their forms as a browser without scripts would."""

    def __init__(self, user: Any = None) -> None:
        self.client = Client()
        if user is not None:
            self.client.force_login(user)

    def open(self, address: str) -> html.HtmlElement:
        """Follow the address to its page."""
        self.answer = self.client.get(address, follow=True)
        self.url = self.answer.redirect_chain[-1][0] if self.answer.redirect_chain else address
        self.page = html.fromstring(self.answer.content)
        return self.page

    def data(self, form_id: str = "fill") -> QueryDict:
        """Return what the page would send as it stands."""
        form = self.page.get_element_by_id(form_id)
        data = QueryDict(mutable=True)
        for name, value in form.form_values():
            data.appendlist(name, value)
        return data

    def fill(self, go: str = "next", **typed: Any) -> html.HtmlElement:
        """Type into the questions of the page and press a button; follow to where it leads."""
        data = self.data()
        for name, value in typed.items():
            key = f"q:{name.replace('__', ':')}"
            if isinstance(value, list):
                data.setlist(key, value)
            else:
                data[key] = value
        data["go"] = go
        return self.send(data)

    def send(self, data: QueryDict) -> html.HtmlElement:
        self.answer = self.client.post(self.url.split("?")[0].split("#")[0], data_of(data))
        if self.answer.status_code == 302:
            return self.open(self.answer["Location"])
        self.page = html.fromstring(self.answer.content)
        return self.page

    def hand_in(self) -> html.HtmlElement:
        """Press the button of the check page."""
        form = self.page.xpath("//form[contains(@class, 'fill__hand-in')]")[0]
        self.answer = self.client.post(self.url, dict(form.form_values()), follow=True)
        self.page = html.fromstring(self.answer.content)
        return self.page

    @property
    def heading(self) -> str:
        return self.page.xpath("//h1")[0].text_content()

    def text(self) -> str:
        return " ".join(self.page.xpath("//main")[0].text_content().split())


def data_of(data: QueryDict) -> dict[str, Any]:
    """Return the data as Django's test client takes it."""
    return {key: many if len(many) > 1 else many[0] for key, many in data.lists()}
