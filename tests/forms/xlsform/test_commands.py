"""form_import as scripts call it."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from forms.definitions.models import Form
from tests.forms.xlsform.corpus import FOLDER

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_a_workbook_is_published_and_what_it_does_not_carry_is_told():
    found = json.loads(run("form_import", str(FOLDER / "tutorial.xls"), "--json"))
    form = Form.objects.get(slug=found["slug"])
    assert (found["version"], form.live.number) == (1, 1)
    assert {"sheet", "row", "column", "value", "reason"} == set(found["not_carried"][0])


def test_the_same_workbook_again_makes_no_new_version_and_another_one_does():
    for _ in range(2):
        run("form_import", str(FOLDER / "text_and_integer.xls"), "--json")
    assert Form.objects.get().versions.count() == 1
    found = json.loads(run("form_import", str(FOLDER / "group.xls"), "--slug", "text_and_integer", "--json"))
    assert found["version"] == 2


@pytest.mark.parametrize("file", ["unknown_question_type.xls", "nothing.xlsx"])
def test_a_refused_workbook_leaves_with_1_and_the_messages(file):
    out = StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("form_import", str(FOLDER / file), "--json", stdout=out)
    assert left.value.code == 1
    assert json.loads(out.getvalue())["refused"]
    assert not Form.objects.exists()


def test_a_dry_run_keeps_nothing():
    assert json.loads(run("form_import", str(FOLDER / "group.xls"), "--json", "--dry-run"))["version"] is None
    assert not Form.objects.exists()


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    run("form_import", str(FOLDER / "gps.xls"), "--slug", "gps")
    with pytest.raises(CommandError, match="nowhere"):
        call_command("form_export", "gps", str(tmp_path / "nowhere" / "out.xlsx"))


def test_a_folder_is_no_workbook(tmp_path):
    with pytest.raises(SystemExit):
        run("form_import", str(tmp_path))
