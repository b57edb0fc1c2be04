"""Nothing sealed gets into a document, plain or masked: tried on the whole demonstration."""

from io import StringIO

import pytest

from cms.service import Role
from forms.answers.answers import Answers
from forms.answers.keeping import unpack
from forms.findable.sources import RecordSource, SubmissionSource
from forms.kinds import kind_of
from forms.packs.demo import load_forms_demo
from forms.packs.reading import Pack
from forms.registers.models import Record
from forms.sealing.masking import HIDDEN, mask
from forms.sealing.seal import is_sealed
from forms.submissions.models import Submission
from search.service import Document
from tests.factories import make_school, make_school_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(db):
    for one in Pack.named("left_behind_children").sample["schools"]:
        school = make_school(code=one["code"])
        make_school_user(school, Role.SCHOOL_HEAD)
        make_school_user(school, Role.CLASS_TEACHER)
    load_forms_demo(StringIO())


def words_of(document: Document) -> str:
    facets = " ".join(value for values in document.facets.values() for value in values)
    texts = (document.title, document.summary, document.body, document.number, document.url, facets)
    return "\n".join(texts)


def sealed_answers(submission: Submission) -> list[tuple]:
    revision = submission.revisions.select_related("version").get(number=submission.revision)
    document = revision.version.document
    opened = unpack(revision.kept_answers, submission.pk)
    kept = Answers.from_json(revision.kept_answers)
    return [
        (document.questions[name].item, opened.values[item, name], document)
        for (item, name), value in kept.values.items()
        if is_sealed(value)
    ]


def tellings(question, value, document) -> list[str]:
    """Every way in which a sealed answer could be written out; single characters and yes or no tell nothing."""
    shown = kind_of(question).display(question, value, document)
    masked = mask(question, value)
    plain = [value] if isinstance(value, str) else []
    return [text for text in (shown, masked, *plain) if len(text) > 2 and text != "yes"]


def test_no_sealed_answer_is_in_a_submissions_document(demo):
    tried = 0
    for submission in Submission.objects.all():
        words = words_of(SubmissionSource().document(str(submission.pk), 1))
        assert HIDDEN not in words
        assert '"sealed"' not in words
        for question, value, document in sealed_answers(submission):
            for text in tellings(question, value, document):
                tried += 1
                assert text not in words, (submission, question.name)
    assert tried > 30


def test_no_sealed_fact_is_in_a_records_document(demo):
    tried = 0
    for record in Record.objects.all():
        words = words_of(RecordSource().document(str(record.pk), 1))
        assert HIDDEN not in words
        schema, newest = record.register.schema, record.newest
        for name, value in newest.facts.items():
            one = schema.properties[name]
            if not one.sensitive:
                continue
            for text in tellings(one.question, value, schema.document):
                tried += 1
                assert text not in words, (record, name)
    assert tried > 30


def test_what_may_be_found_of_the_demonstration_is_there(demo):
    documents = [SubmissionSource().document(str(one.pk), 1) for one in Submission.objects.all()]
    assert any("谈" in document.body for document in documents)
    names = {document.title for document in RecordSource().documents(1)}
    assert len(names) >= 20
    assert not any(name.startswith("儿童 ") for name in names)


def test_a_rebuild_reads_in_a_fixed_number_of_queries(demo, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        count = len(list(SubmissionSource().documents(1))) + len(list(RecordSource().documents(1)))
    assert count > 40
