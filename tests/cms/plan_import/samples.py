"""Short plans written for the tests, and makers of files in every format."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx

from cms.plan_import.fields import kept_characters, page_fields, read_characters
from cms.plan_import.lines import Line
from cms.plan_import.recognise.plan import Plan, recognise
from cms.plan_import.recognise.splitting import split_plans

SCHOOL_PLAN = """\
城关镇中心小学2023—2024学年度第一学期留守儿童关爱工作计划
为落实《关于加强农村留守儿童关爱保护工作的意见》（国发〔2016〕13号），结合我校实际，制定本计划。
一、指导思想
以立德树人为根本，让每个孩子在校园里感到温暖。
二、组织领导
组长：王校长
副组长：李明、赵芳
成员：各班班主任
三、主要措施
（一）建立档案。每学期初入户走访，填写登记表，做到一人一档。
（二）结对帮扶
1、每名党员教师结对两名学生。
2、每月谈心一次，做好记录。
四、月份安排
九月：摸清底数，建立台账。
十月：开展家访。
十一月：召开座谈会。
十二月：总结表彰。
城关镇中心小学
2023年9月1日
"""


def lines_of(text: str) -> list[Line]:
    """The lines of a text, as the reader of .txt files gives them."""
    return [Line(line.strip()) for line in text.splitlines() if line.strip()]


def plans_of(text: str) -> list[Plan]:
    return [recognise(part) for part in split_plans(lines_of(text))]


def plan_of(text: str) -> Plan:
    """The only plan of a text."""
    (plan,) = plans_of(text)
    return plan


def headings(plan: Plan) -> list[str]:
    return [section.heading for section in plan.sections]


def rows(plan: Plan) -> list[tuple[int, int, str]]:
    return [(row.first_month, row.last_month, row.label) for row in plan.calendar]


def lost(plan: Plan) -> int:
    """How many characters of the input are in no field."""
    return read_characters(plan) - kept_characters(plan, page_fields(plan, {}))


def docx_bytes(fill) -> bytes:
    """A Word file; `fill` gets the document to write in."""
    document = docx.Document()
    fill(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def zip_bytes(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def pdf_bytes(pages: list[list[str]], password: str | None = None) -> bytes:
    """A PDF with these lines, in a Chinese font that is named but not embedded."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption(password) if password else None)
    for lines in pages:
        canvas.setFont("STSong-Light", 12)
        for number, line in enumerate(lines):
            canvas.drawString(60, 780 - 20 * number, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def write(folder: Path, name: str, data: bytes | str) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(path)
