"""Random questions of every role, judged by what the database says she may see: nothing else may show anywhere.

The judge knows nothing of access tokens. It asks the querysets that the screens ask (`for_user`, `published`).
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.test import Client
from wagtail.models import PageViewRestriction

from cms.pages.models import BasePage, NewsIndexPage
from cms.pages.selectors import published
from cms.people.models import BUREAU_ROLES, Membership, Role
from cms.service import tokens_of_reader
from forms.definitions.models import Form
from forms.registers.models import Record
from forms.submissions.models import Submission
from search.engine import Query, Result, SearchEngine
from search.fold import fold
from search.highlight import mark, snippet
from search.outbox import drain
from search.service import FACETS, Document, correction
from search.sources import all_documents
from tests.factories import make_document, make_news, make_plan, make_policy, make_template, make_topic
from tests.factories.forms import make_form, make_submission, one_step, question
from tests.factories.registers import make_record, make_register

LETTERS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥金木水火土日月星云雨风雷山川江河湖海"
SHARED = ("家访", "谈心", "留守儿童", "亲情电话", "结对帮扶", "安全", "计划", "2026")
PAGE_KINDS = ("policy", "plan", "template", "news", "school", "page")
OTHERS = {"form": Form, "submission": Submission, "record": Record}
LIMIT = 1_000


class Secrets:
    """Gives each thing words that stand nowhere else."""

    def __init__(self, chance: random.Random) -> None:
        self.random, self.given = chance, set()

    def __call__(self) -> str:
        while True:
            word = "".join(self.random.choices(LETTERS, k=5)) + str(self.random.randrange(10_000, 99_999))
            if word not in self.given:
                self.given.add(word)
                return word


def fill(people: Any, chance: random.Random) -> None:
    """Put things of both schools and the bureau into the database: published, drafts, fenced, filed, recorded."""
    secret = Secrets(chance)

    def text() -> str:
        return f"<p>{secret()}，{'、'.join(chance.sample(SHARED, 4))}。</p>"

    register = make_register(
        [
            {
                "name": "child",
                "label": "姓名",
                "type": "name",
                "role": "name",
                "searchable": True,
                "required": True,
            }
        ]
    )
    content = one_step(question("long_text", "talk", searchable=True), title="走访记录")
    form = make_form(content)
    for school, teacher in ((people.school, people.teacher), (people.other, people.other_teacher)):
        for live in (True, False):
            for _number in range(3):
                title = f"{secret()}{chance.choice(SHARED)}"
                make_plan(school, title, live=live, body=[("text", text())])
                make_news(school, f"{secret()}活动", live=live, intro=f"{secret()}{chance.choice(SHARED)}")
        changed = make_plan(school, f"{secret()}计划", body=[("text", text())])
        changed.title = f"{secret()}未发布的改动"
        changed.save_revision()
        make_form(one_step(question("text", "a", label=secret()), title=f"{secret()}登记"), school=school)
        for _number in range(3):
            make_submission(form.live, teacher, {"talk": f"{secret()}{chance.choice(SHARED)}"}, school=school)
            make_record(register, school, teacher if _number else None, child=f"王{secret()[:4]}")
    PageViewRestriction.objects.create(
        page=NewsIndexPage.objects.get(school=people.other),
        restriction_type=PageViewRestriction.LOGIN,
    )
    for live in (True, False):
        annex = make_document(content=f"附件{secret()}{chance.choice(SHARED)}".encode(), name=f"a{live}.txt")
        topics = [make_topic(f"{secret()}主题")]
        attachments = [("attachment", {"document": annex, "title": ""})]
        make_policy(f"{secret()}通知", live=live, attachments=attachments, topics=topics)
        make_template(f"{secret()}模板", live=live)
    while drain(limit=1_000).changed:
        pass


@dataclass
class Reader:
    """A person, and everything that the database lets her see."""

    name: str
    user: Any
    documents: dict[tuple[str, str], Document]
    hidden: dict[tuple[str, str], Document]
    terms: set[str] = field(init=False)
    words: str = field(init=False)
    secrets: set[str] = field(init=False)

    def __post_init__(self) -> None:
        self.words = "\n".join(map(words_of, self.documents.values()))
        self.terms = {document.title for document in self.documents.values()}
        for document in self.documents.values():
            self.terms |= {value for facet in ("school", "topic") for value in document.facets.get(facet, ())}
        found = {
            secret for one in self.hidden.values() for secret in re.findall(r"[^\W\d]{5}\d{5}", words_of(one))
        }
        self.secrets = {secret for secret in found if secret not in self.words}


def words_of(document: Document) -> str:
    """Everything that the document says, folded."""
    facets = " ".join(value for values in document.facets.values() for value in values)
    return fold(f"{document.title}\n{document.summary}\n{document.body}\n{document.number}\n{facets}")


def seen_by(user: Any) -> set[tuple[str, str]]:
    """Return kind and id of all that the database lets the person see."""
    pages = {str(pk) for pk in published(BasePage.objects.all()).values_list("pk", flat=True)}
    mine = Membership.objects.filter(user=user) if user.is_authenticated else Membership.objects.none()
    if mine.filter(role__in=BUREAU_ROLES).exists():
        pages |= {str(pk) for pk in BasePage.objects.values_list("pk", flat=True)}
    writers = mine.filter(role__in=[Role.SCHOOL_HEAD, Role.SCHOOL_EDITOR])
    own = BasePage.objects.filter(school__in=writers.values("school"))
    pages |= {str(pk) for pk in own.values_list("pk", flat=True)}
    found = {(kind, pk) for kind in PAGE_KINDS for pk in pages}
    for kind, model in OTHERS.items():
        if user.is_authenticated:
            found |= {(kind, str(pk)) for pk in model.objects.for_user(user).values_list("pk", flat=True)}
    return found


def readers(people: Any) -> Iterator[Reader]:
    """Yield everybody whose rights differ, and the public."""
    documents = {(one.kind, one.object_id): one for one in all_documents(0)}
    for name, user in {**vars(people), "public": AnonymousUser()}.items():
        if not hasattr(user, "is_authenticated"):
            continue
        seen = seen_by(user)
        yield Reader(
            name,
            user,
            {key: one for key, one in documents.items() if key in seen},
            {key: one for key, one in documents.items() if key not in seen},
        )


class Asker:
    """Asks random questions as one reader, and says what shows that should not."""

    def __init__(self, engine: SearchEngine, reader: Reader, chance: random.Random) -> None:
        self.engine, self.reader, self.random = engine, reader, chance
        self.access = tokens_of_reader(reader.user)
        self.everything = [*reader.documents.values(), *reader.hidden.values()]
        self.client = Client()
        if reader.user.is_authenticated:
            self.client.force_login(reader.user)

    def ask(self, number: int) -> list[str]:
        """Ask one question in one of the ways there are; return the faults, empty when all is well."""
        match number % 10:
            case 8:
                return self._suggestions()
            case 9:
                return self._similar() + (self._page(number) if number % 20 == 9 else [])
            case 7:
                return self._correction()
            case _:
                return self._search()

    def _search(self) -> list[str]:
        text, filters = self._question(), self._filters()
        result = self._result(text, filters)
        faults = self._hits(result, text)
        if result.total != len(result.hits):
            faults.append(f"{text!r} {filters}: {result.total} counted, {len(result.hits)} there")
        for facet, counts in result.facets.items():
            if facet == "school" and "学校:" in text:
                continue  # a filter as well, which this judge would have to take out of the text
            others = {name: values for name, values in filters.items() if name != facet}
            wider = self._result(text, others) if facet in filters else result
            if wider.relaxed != result.relaxed:
                continue
            faults += self._hits(wider, text)
            if dict(counts) != _counted(facet, wider):
                faults.append(
                    f"{text!r} {filters}: {facet} counts {dict(counts)}, there are {_counted(facet, wider)}"
                )
        return faults

    def _result(self, text: str, filters: dict[str, list[str]]) -> Result:
        return self.engine.search(
            Query(text, filters=filters, access=self.access, facets=FACETS, limit=LIMIT)
        )

    def _hits(self, result: Result, text: str) -> list[str]:
        outside = [hit for hit in result.hits if (hit.kind, hit.object_id) not in self.reader.documents]
        faults = [f"{text!r}: {hit.kind}:{hit.object_id} is found" for hit in outside]
        words = [text] if text else []
        for hit in result.hits[:5]:
            shown = f"{mark(hit.title, words)} {snippet(hit.body, words)} {snippet(hit.summary, words)}"
            faults += self._told(shown, text)
        return faults + self._told(json.dumps(dict(result.facets), ensure_ascii=False), text)

    def _told(self, shown: str, asked: str) -> list[str]:
        """Return the secrets of others that are shown; what was typed in is no telling."""
        plain, known = fold(re.sub(r"</?mark>", "", shown)), fold(asked)
        return [f"{asked!r} shows {one}" for one in self.reader.secrets if one in plain and one not in known]

    def _suggestions(self) -> list[str]:
        document = self.random.choice(self.everything)
        start = self.random.choice([document.title, *document.facets.get("school", ()), *SHARED])
        prefix = start[: self.random.randint(1, 6)]
        offered = self.engine.suggest(prefix, self.access, 20)
        return [f"{prefix!r} offers {term}" for term in offered if term not in self.reader.terms]

    def _similar(self) -> list[str]:
        document = self.random.choice(self.everything)
        found = self.engine.similar(
            document.kind, document.object_id, Query(access=self.access, limit=20, facets=("school",))
        )
        if (document.kind, document.object_id) in self.reader.hidden and found.total:
            return [f"what is like the hidden {document.key} is told"]
        return self._hits(found, "")

    def _correction(self) -> list[str]:
        word = self._piece(self.random.choice(self.everything))
        place = self.random.randrange(len(word))
        slipped = word[:place] + self.random.choice(LETTERS) + word[place + 1 :]
        meant = correction(slipped, self.access, self.engine)
        if meant is None or fold(meant) in self.reader.words:
            return []
        return [f"{slipped!r} is put right to {meant!r}, which the reader sees nowhere"]

    def _page(self, number: int) -> list[str]:
        text = self.random.choice(SHARED)
        answer = self.client.get("/search/" if number % 40 < 20 else "/api/v1/search", {"q": text})
        if answer.status_code != 200:
            return [f"{text!r}: status {answer.status_code}"]
        return self._told(answer.content.decode(), text)

    def _question(self) -> str:
        one, other = (self._piece(self.random.choice(self.everything)) for _ in range(2))
        shared, school = self.random.choice(SHARED), self._school()
        narrowed = f"学校:{school} {shared}"
        kept_out = f"{shared} -{one}"
        return self.random.choice(
            [
                one,
                one,
                one,
                f'"{one}"',
                f"{one} {shared}",
                kept_out,
                f"{one} {other}",
                narrowed,
                one[0],
                school,
                "",
            ]
        )

    def _piece(self, document: Document) -> str:
        """A piece of two to eight characters of what the document says, so that it can be a whole secret or part."""
        said = re.findall(r"[\w]{2,}", f"{document.title} {document.body} {document.summary}")
        word = self.random.choice(said)
        start = self.random.randrange(max(1, len(word) - 2))
        return word[start : start + self.random.randint(2, 10)]

    def _filters(self) -> dict[str, list[str]]:
        if self.random.random() < 0.5:
            return {}
        document = self.random.choice(self.everything)
        facets = {**document.facets, "kind": [document.kind]}
        chosen = self.random.sample(sorted(facets), min(len(facets), self.random.randint(1, 2)))
        return {facet: list(facets[facet]) for facet in chosen}

    def _school(self) -> str:
        return self.random.choice(
            [value for one in self.everything for value in one.facets.get("school", ())]
        )


def _counted(facet: str, result: Result) -> dict[str, int]:
    return dict(Counter(value for hit in result.hits for value in hit.facets.get(facet, ())))


def faults_of(engine: SearchEngine, people: Any, questions: int, seed: int) -> tuple[list[str], int]:
    """Ask so many questions as each reader; return the faults, and how many questions were asked."""
    found: list[str] = []
    asked = 0
    for reader in readers(people):
        asker = Asker(engine, reader, random.Random(f"{seed} {reader.name}"))
        for number in range(questions):
            asked += 1
            found += [f"{reader.name}: {fault}" for fault in asker.ask(number)]
    return found, asked
