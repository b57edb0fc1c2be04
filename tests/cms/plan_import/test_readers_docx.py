"""Word documents give their text in the order of reading, with the numbers that Word shows."""

import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from cms.plan_import.readers import ReadError, read_document
from tests.cms.plan_import.samples import docx_bytes, zip_bytes

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(fill):
    return read_document("plan.docx", docx_bytes(fill)).lines


def number(document, paragraph, levels, num_id="71", depth=0):
    """Give the paragraph an automatic number; `levels` are (format, text) from the outermost in."""
    root = document.part.numbering_part.element
    if not root.xpath(f'w:num[@w:numId="{num_id}"]'):
        inner = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl>'
            for level, (kind, text) in enumerate(levels)
        )
        root.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="9{num_id}">{inner}</w:abstractNum>'))
        root.append(parse_xml(f'<w:num {W} w:numId="{num_id}"><w:abstractNumId w:val="9{num_id}"/></w:num>'))
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {W}><w:ilvl w:val="{depth}"/><w:numId w:val="{num_id}"/></w:numPr>')
    )


def test_automatic_numbers_are_written_out():
    levels = [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3．")]

    def fill(document):
        for text, depth in [
            ("目标", 0),
            ("措施", 0),
            ("建档", 1),
            ("登记", 2),
            ("核对", 2),
            ("家访", 1),
            ("要求", 0),
        ]:
            number(document, document.add_paragraph(text), levels, depth=depth)

    assert [line.text for line in read(fill)] == [
        "一、目标", "二、措施", "（一）建档", "1．登记", "2．核对", "（二）家访", "三、要求",
    ]  # fmt: skip


def test_bullets_are_marked_as_bullets():
    def fill(document):
        number(document, document.add_paragraph("家访"), [("bullet", "•")], num_id="81")

    (line,) = read(fill)
    assert (line.text, line.bullet) == ("家访", True)


def test_headings_and_title_carry_their_level():
    def fill(document):
        document.add_heading("东街小学工作计划", 0)
        document.add_heading("指导思想", 1)
        document.add_paragraph("认真落实。")

    assert [line.level for line in read(fill)] == [0, 1, None]


def test_tables_stand_where_they_stood():
    def fill(document):
        document.add_paragraph("前")
        table = document.add_table(2, 2)
        for row, texts in zip(table.rows, [("月份", "工作"), ("九月", "家访")], strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        document.add_paragraph("后")

    lines = read(fill)
    assert [line.text for line in lines] == ["前", "月份 工作", "九月 家访", "后"]
    assert lines[2].cells == ("九月", "家访")


def test_a_table_of_one_column_is_a_frame():
    def fill(document):
        document.add_table(1, 1).rows[0].cells[0].text = "框内文字"

    (line,) = read(fill)
    assert (line.text, line.table) == ("框内文字", None)


def test_text_boxes_are_read_once():
    box = (
        '<w:r {w}><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="wps"><w:drawing>'
        "<w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )

    def fill(document):
        document.add_paragraph("正文")._p.append(parse_xml(box.format(w=nsdecls("w"))))

    assert [line.text for line in read(fill)] == ["正文", "框"]


def test_struck_text_is_left_out_and_inserted_text_kept():
    def fill(document):
        paragraph = document.add_paragraph("一")._p
        for tag, text_tag, text in [("w:del", "w:delText", "删"), ("w:ins", "w:t", "增")]:
            change, run, piece = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
            piece.text = text
            run.append(piece)
            change.append(run)
            paragraph.append(change)

    assert [line.text for line in read(fill)] == ["一增"]


def test_a_line_break_parts_lines():
    def fill(document):
        document.add_paragraph("组长：王明\n成员：李芳")

    assert [line.text for line in read(fill)] == ["组长：王明", "成员：李芳"]


def test_text_in_content_controls_is_read():
    def fill(document):
        document.add_paragraph("前")
        control = f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        document.element.body.insert(1, parse_xml(control))

    assert [line.text for line in read(fill)] == ["前", "控件"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", b"PK\x03\x04 broken", "损坏"),
        ("a.docx", zip_bytes({"word/other.xml": b"<a/>"}), "损坏"),
        ("a.docx", zip_bytes({"word/document.xml": b"<not xml"}), "损坏"),
        ("a.docx", zip_bytes({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}), "不是 Word"),
        ("a.docx", zip_bytes({"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "定义"),
        ("a.docx", zip_bytes({"word/document.xml": b" " * 5_000_000}), "压缩炸弹"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"WordDocument", "另存为 .docx"),
        ("a.wps", b"anything", "另存为 .docx"),
        ("a.xlsx", b"PK\x03\x04", "不能读取"),
        ("noending", b"text", "不能读取"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(name, data, reason):
    with pytest.raises(ReadError, match=reason):
        read_document(name, data)


def test_a_document_of_pictures_alone_is_refused():
    with pytest.raises(ReadError, match="没有文字"):
        read(lambda _document: None)


def test_a_number_set_by_a_style_is_written_out():
    def fill(document):
        style = document.styles["List Number"]
        paragraph = document.add_paragraph("家访", style=style)
        number(document, paragraph, [("decimal", "%1、")], num_id="61")
        properties = style.element.get_or_add_pPr()
        for old in properties.findall(qn("w:numPr")):
            properties.remove(old)
        properties.append(paragraph._p.pPr.find(qn("w:numPr")))

    assert [line.text for line in read(fill)] == ["1、家访"]
