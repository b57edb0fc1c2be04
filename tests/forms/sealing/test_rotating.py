"""Sealing everything under the newest key, while people work."""

import base64
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from forms.filling.models import Draft
from forms.registers.actions import EditRecord
from forms.registers.models import RecordVersion
from forms.registers.versions import facts_now
from forms.sealing import rotating
from forms.sealing.rotating import Tally, keys_in_use, rotate
from forms.sealing.seal import is_sealed, seal
from forms.submissions.models import SubmissionRevision
from tests.factories import make_school
from tests.factories.forms import make_version, one_step, question
from tests.factories.registers import make_filing, make_record, make_register

pytestmark = pytest.mark.django_db
OLD = f"k1:{base64.urlsafe_b64encode(b'a' * 32).decode()}"
NEW = f"k2:{base64.urlsafe_b64encode(b'b' * 32).decode()}"


@pytest.fixture
def filled(settings):
    """A draft and submission with sealed answers, one within a roster; a record, and a conflict about it."""
    settings.FORMS_KEYS = OLD
    school, register = make_school(), make_register()
    roster = {
        "type": "roster",
        "name": "family",
        "label": "家人",
        "items": [question("phone", "tel", sensitive=True)],
    }
    form = make_version(one_step(question("id_number", "card", sensitive=True), roster))
    answers = {"card": "11010519491231002X", "family": [{"tel": "13812345678"}]}
    revision = make_filing(form, answers, school)
    revision.kept_calculated = {"values": {"sum": seal("5", f"{revision.submission_id}//sum")}}
    SubmissionRevision.objects.filter(pk=revision.pk).update(kept_calculated=revision.kept_calculated)
    record = make_record(register, school, child="王一", phone="13812345678")
    for number in ("13812345679", "13812345670"):
        EditRecord(record, {"phone": number}, 1).execute()
    record.refresh_from_db()
    return revision, record


def run(*args):
    out = StringIO()
    call_command("rotate_keys", *args, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_every_store_is_sealed_anew_and_says_the_same(settings, filled):
    revision, record = filled
    before = [revision.answers.to_json(), facts_now(record), record.conflicts.get().values]
    settings.FORMS_KEYS = f"{NEW},{OLD}"
    said = run()
    assert "The key k1 seals nothing any more" in said
    assert set(keys_in_use()) == {"k2"}
    settings.FORMS_KEYS = NEW
    revision.refresh_from_db()
    record.refresh_from_db()
    assert [revision.answers.to_json(), facts_now(record), record.conflicts.get().values] == before
    assert Draft.objects.get().answers.to_json() == before[0]


def test_no_column_with_sealed_values_is_forgotten(filled):
    from django.apps import apps
    from django.db.models import JSONField

    known = {(store.model, store.column) for store in rotating.all_stores()}
    for model in apps.get_app_config("forms").get_models():
        for column in model._meta.fields:
            if isinstance(column, JSONField):
                texts = " ".join(str(value) for value in model.objects.values_list(column.name, flat=True))
                assert "'sealed'" not in texts or (model, column.name) in known, column


def test_a_rotation_that_was_broken_off_is_run_again(settings, filled, monkeypatch):
    settings.FORMS_KEYS = f"{NEW},{OLD}"
    monkeypatch.setattr(rotating, "BATCH", 1)

    def break_off(store, done, total):
        if store.model is RecordVersion:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate(Tally(), break_off)
    assert set(keys_in_use()) == {"k1", "k2"}
    again = rotate(Tally())
    assert set(keys_in_use()) == {"k2"}
    assert again.resealed < sum(keys_in_use().values())


def test_rotating_leaves_revision_and_time_of_a_draft_alone(settings, filled):
    before = Draft.objects.values("revision", "updated_at").get()
    settings.FORMS_KEYS = f"{NEW},{OLD}"
    run()
    assert Draft.objects.values("revision", "updated_at").get() == before


def test_what_cannot_be_opened_is_named_and_left_as_it_was(settings, filled):
    draft = Draft.objects.get()
    draft.kept_answers["values"]["card"] = seal("x", "elsewhere")
    draft.save()
    settings.FORMS_KEYS = f"{NEW},{OLD}"
    with pytest.raises(CommandError):
        run()
    again = Draft.objects.get()
    assert again.kept_answers["values"]["card"] == draft.kept_answers["values"]["card"]
    assert keys_in_use()["k1"] == 1


def test_checking_changes_nothing(settings, filled):
    settings.FORMS_KEYS = f"{NEW},{OLD}"
    before = Draft.objects.get().kept_answers
    assert "key k1" in run("--check")
    assert Draft.objects.get().kept_answers == before
    assert is_sealed(before["values"]["card"])
