"""pyxform's example workbooks: what pyxform refuses is refused, everything else becomes a form."""

import pytest
from pyxform.xls2xform import convert

from forms.xlsform.notes import WorkbookRefusedError
from forms.xlsform.reading import read_workbook
from tests.forms.xlsform.corpus import every

pytestmark = pytest.mark.django_db
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
        assert list(read_workbook(content, name).document.walk())
