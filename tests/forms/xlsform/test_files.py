"""Files that are no workbooks, or too large."""

import io
import zipfile

import pytest

from forms.xlsform import workbook
from forms.xlsform.notes import WorkbookRefusedError
from forms.xlsform.workbook import open_workbook


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.xlsx"), (b"PK\x03\x04", "a.xlsx"), (b"hello", "a.xlsx"), (b"\xd0\xcf\x11\xe0", "a.xls"),
        (b"text", "a.docx"), (b"\xff\xfe\x00", "a.csv"), (b"", "a.md"), (b"a,b", "a.csv"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_refused_in_words(content, name):
    with pytest.raises(WorkbookRefusedError) as refused:
        open_workbook(content, name)
    assert refused.value.messages[0]


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 1000)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 100_000)
    with pytest.raises(WorkbookRefusedError, match="100 MB"):
        open_workbook(packed.getvalue(), "a.xlsx")
