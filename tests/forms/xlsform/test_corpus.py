"""pyxform's example workbooks: what it refuses is refused; the others go in and out, and the XForm stays the same."""

import pytest
from pyxform.xls2xform import convert

from forms.xlsform.mending import publishable
from forms.xlsform.notes import WorkbookRefusedError
from forms.xlsform.reading import Imported, read_workbook
from forms.xlsform.workbook import open_workbook
from forms.xlsform.writing import write_workbook
from tests.forms.xlsform.corpus import every
from tests.forms.xlsform.xforms import differences, meaning

pytestmark = [pytest.mark.django_db, pytest.mark.once]
#: Workbooks that hold nothing that a person could answer: an audit log or a data file alone.
NOTHING_TO_ASK = (
    "audit.",
    "xmldata.can__output_single_external_xml_item",
    "xmldata.can__use_unique_external_xml_in_same_section",
)


def pyxform_accepts(name: str, content: bytes) -> bool:
    suffix = name[name.rindex(".") :]
    try:
        convert(content if suffix.startswith(".xls") else content.decode("utf-8-sig"), file_type=suffix)
    except Exception:  # noqa: BLE001 a broken workbook raises anything
        return False
    return True


@pytest.mark.parametrize(("name", "content"), every(), ids=[name for name, _ in every()])
def test_a_workbook_becomes_a_form_exactly_when_pyxform_accepts_it(name, content):
    if not pyxform_accepts(name, content):
        with pytest.raises(WorkbookRefusedError, match=r"pyxform 原文|无法读取"):
            read_workbook(content, name)
    elif name.startswith(NOTHING_TO_ASK):
        with pytest.raises(WorkbookRefusedError, match="没有可以导入的题目"):
            read_workbook(content, name)
    else:
        comes_back(publishable(read_workbook(content, name)), name, content)


def comes_back(imported: Imported, name: str, content: bytes) -> None:
    """See that the form comes back as it went out, and that its XForm is the workbook's but for what is listed."""
    written = write_workbook(imported.document, imported.slug)
    assert read_workbook(written, "again.xlsx").document.compact() == imported.document.compact()
    book = open_workbook(content, name)
    before, after = meaning(book.xform, book.language), meaning(convert(written, file_type=".xlsx").xform)
    rows = {row.cells.get("name"): row.number for row in book.survey}
    listed = {note.row for note in imported.not_carried if note.sheet == "survey"}
    choices = any(note.sheet == "choices" for note in imported.not_carried)
    unexplained = {
        name: changes
        for name, changes in differences(before, after).items()
        if rows.get(name) not in listed
        and not (choices and all(change[0] == "choices" for change in changes))
    }
    assert unexplained == {}
