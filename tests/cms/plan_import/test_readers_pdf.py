"""PDF text is read in a process that can be stopped; scans and locked files are refused."""

import io
import sys

import pytest
from PIL import Image

from cms.plan_import.readers import ReadError, pdf, read_document
from tests.cms.plan_import.samples import pdf_bytes

PAGE = ["东街小学留守儿童工作计划", "一、指导思想", "认真落实上级文件精神，全面掌握每个学生的情况。"]


def test_the_text_of_a_pdf_is_read():
    lines = read_document("plan.pdf", pdf_bytes([PAGE])).lines
    assert [line.text for line in lines] == PAGE


def test_page_numbers_are_left_out():
    lines = read_document("plan.pdf", pdf_bytes([[*PAGE, "- 1 -"], ["二、措施", "第 2 页 共 2 页"]])).lines
    assert [line.text for line in lines] == [*PAGE, "二、措施"]


def test_lines_of_full_width_are_put_together():
    long = "全面掌握每个学生的情况做到有计划有记录有总结认真"
    lines = read_document("plan.pdf", pdf_bytes([["一、措施", long, long, "扎实推进。", "二、要求"]])).lines
    assert [line.text for line in lines] == ["一、措施", f"{long}{long}扎实推进。", "二、要求"]


def test_a_locked_pdf_is_refused():
    with pytest.raises(ReadError, match="密码"):
        read_document("plan.pdf", pdf_bytes([PAGE], password="geheim"))


def test_a_scan_is_refused():
    buffer = io.BytesIO()
    Image.new("RGB", (200, 200), "white").save(buffer, "PDF")
    with pytest.raises(ReadError, match="扫描"):
        read_document("plan.pdf", buffer.getvalue())


@pytest.mark.parametrize("data", [b"%PDF-1.7 broken", b"no pdf at all"])
def test_a_damaged_pdf_is_refused(data):
    with pytest.raises(ReadError, match="损坏"):
        read_document("plan.pdf", data)


def test_a_pdf_with_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(pdf, "MAX_PDF_PAGES", 1)
    with pytest.raises(ReadError, match="超过 1 页"):
        read_document("plan.pdf", pdf_bytes([PAGE, PAGE]))


def test_a_reader_that_hangs_is_stopped(monkeypatch, tmp_path):
    child = tmp_path / "child.py"
    child.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(pdf, "_CHILD", child)
    monkeypatch.setattr(pdf, "PDF_SECONDS", 1)
    with pytest.raises(ReadError, match="已停止"):
        read_document("plan.pdf", pdf_bytes([PAGE]))


@pytest.mark.skipif(sys.platform != "linux", reason="the limit on memory is Linux's")
def test_a_reader_that_eats_memory_is_stopped(monkeypatch, tmp_path):
    child = tmp_path / "child.py"
    source = pdf._CHILD.read_text().replace("    import pypdfium2\n", "    bytearray(4 * 1024**3)\n")
    child.write_text(source)
    monkeypatch.setattr(pdf, "_CHILD", child)
    with pytest.raises(ReadError, match="内存"):
        read_document("plan.pdf", pdf_bytes([PAGE]))
