"""A form goes out as a workbook and comes back the same, whatever is in it."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from forms.definitions.document import Document
from forms.definitions.models import Form
from forms.registers.models import Register
from forms.xlsform.reading import read_workbook
from forms.xlsform.writing import write_workbook
from tests.factories.forms import make_form, one_step, question
from tests.forms.documents import documents

pytestmark = pytest.mark.django_db
PACKS = sorted(Path("forms/packs").glob("*/forms/*.json"))


@given(documents())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_document_comes_back_the_same(content):
    document = Document.model_validate(content)
    assert read_workbook(write_workbook(document, "form"), "form.xlsx").document == document


@pytest.mark.parametrize("path", PACKS, ids=[path.stem for path in PACKS])
def test_the_forms_of_the_packs_come_back_the_same(path):
    Register.objects.create(name="children", title="台账")
    document = Document.model_validate(json.loads(path.read_text()))
    written = read_workbook(write_workbook(document, "form"), "form.xlsx").document
    assert written == document


def test_what_somebody_changed_in_the_workbook_counts(tmp_path):
    document = Document.model_validate(
        one_step(question("phone", "p", accepts="mobile", constraint=". != ''"))
    )
    path = tmp_path / "form.xlsx"
    path.write_bytes(write_workbook(document, "form"))
    book = load_workbook(path)
    titles = {cell.value: cell.column for cell in book["survey"][1]}
    row = next(row[0].row for row in book["survey"].iter_rows() if row[titles["name"] - 1].value == "p")
    book["survey"].cell(row, titles["label"]).value = "监护人电话"
    book["survey"].cell(row, titles["constraint"]).value = "string-length(.) = 11"
    book.save(path)
    changed = read_workbook(path.read_bytes(), path.name).document.questions["p"].item
    assert (changed.type, changed.accepts) == ("phone", "mobile")
    assert (changed.label, changed.constraint) == ("监护人电话", "string-length(.) = 11")


def test_a_row_whose_type_somebody_changed_is_what_it_says_now(tmp_path):
    document = Document.model_validate(one_step(question("phone", "p", accepts="mobile")))
    path = tmp_path / "form.xlsx"
    path.write_bytes(write_workbook(document, "form"))
    book = load_workbook(path)
    cell = next(cell for row in book["survey"].iter_rows() for cell in row[:1] if cell.value == "text")
    cell.value = "integer"
    book.save(path)
    assert read_workbook(path.read_bytes(), path.name).document.questions["p"].item.type == "integer"


def test_a_label_that_shows_nothing_comes_back():
    content = one_step(
        question("note", "a", label="\x08"), question("consent", "c", text="\x08"), intro="\x08"
    )
    content["steps"][0]["intro"] = "\x08"
    document = Document.model_validate(content)
    assert read_workbook(write_workbook(document, "form"), "form.xlsx").document == document


def test_formulas_in_texts_stay_texts():
    document = Document.model_validate(one_step(question("text", "a", hint="=1+1")))
    assert read_workbook(write_workbook(document, "form"), "form.xlsx").document == document


def test_form_export_writes_what_form_import_reads(tmp_path):
    form = make_form(one_step(question("id_number", "a", sensitive=True)))
    path = tmp_path / "out.xlsx"
    call_command("form_export", form.slug, str(path))
    call_command("form_import", str(path), "--slug", "again")
    assert Form.objects.get(slug="again").live.content == form.live.content
