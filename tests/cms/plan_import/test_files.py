"""Files are found in folders and archives; one that cannot be opened carries its reason."""

import pytest

from cms.plan_import.readers import files as files_module
from cms.plan_import.readers import find_files
from tests.cms.plan_import.samples import SCHOOL_PLAN, write, zip_bytes


def found(*paths):
    return list(find_files([str(path) for path in paths]))


def test_a_folder_gives_all_files_below_it(tmp_path):
    for name in ["b.txt", "a.txt", "deep/er/c.docx"]:
        write(tmp_path, name, "x")
    assert [file.name for file in found(tmp_path)] == ["a.txt", "b.txt", "deep/er/c.docx"]


@pytest.mark.parametrize("name", ["~$plan.docx", ".hidden.txt", "__MACOSX/a.txt", "Thumbs.db", ".git/a.txt"])
def test_clutter_is_passed_over(tmp_path, name):
    write(tmp_path, name, "x")
    assert found(tmp_path) == []


def test_a_name_that_is_no_utf8_can_be_shown(tmp_path):
    write(tmp_path, "计划.txt".encode("gbk").decode("utf-8", "surrogateescape"), "x")
    (file,) = found(tmp_path)
    assert file.name.encode("utf-8").endswith(b".txt")


def test_a_link_is_not_followed(tmp_path):
    outside = write(tmp_path, "outside/secret.txt", "x")
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "link.txt").symlink_to(outside)
    assert found(tmp_path / "inside") == []


def test_a_missing_file_says_so(tmp_path):
    (file,) = found(tmp_path / "none.txt")
    assert file.error == "没有这个文件。"


def test_a_file_over_the_limit_is_not_loaded(tmp_path, monkeypatch):
    monkeypatch.setattr(files_module, "MAX_FILE_BYTES", 10)
    (file,) = found(write(tmp_path, "a.txt", "x" * 11))
    assert "过大" in file.error
    assert file.data == b""


def test_too_many_files_end_the_search(tmp_path, monkeypatch):
    monkeypatch.setattr(files_module, "MAX_FILES", 2)
    for name in "abc":
        write(tmp_path, f"{name}.txt", "x")
    assert [bool(file.error) for file in found(tmp_path)] == [False, False, True]


def test_an_archive_gives_its_files(tmp_path):
    path = write(tmp_path, "all.zip", zip_bytes({"计划/a.txt": SCHOOL_PLAN.encode(), "__MACOSX/b.txt": b"x"}))
    (file,) = found(path)
    assert (file.name, file.data.decode()) == ("all.zip/计划/a.txt", SCHOOL_PLAN)


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"a.txt": b"0" * 20_000_000}, "压缩炸弹"),
        ({f"{number}.txt": b"x" for number in range(2_100)}, "文件过多"),
        ({}, "空的"),
    ],
)
def test_a_zip_bomb_is_not_unpacked(tmp_path, files, reason):
    (file,) = found(write(tmp_path, "bomb.zip", zip_bytes(files)))
    assert reason in file.error


def test_an_archive_that_lies_about_its_sizes_is_stopped(tmp_path):
    data = bytearray(zip_bytes({"a.txt": b"0" * 3_000_000}))
    for signature, offset in [(b"PK\x03\x04", 22), (b"PK\x01\x02", 24)]:
        place = data.index(signature) + offset
        data[place : place + 4] = (10).to_bytes(4, "little")
    (file,) = found(write(tmp_path, "lie.zip", bytes(data)))
    assert "损坏" in file.error


def test_a_locked_archive_says_so(tmp_path):
    data = bytearray(zip_bytes({"a.txt": b"secret"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (file,) = found(write(tmp_path, "locked.zip", bytes(data)))
    assert "密码" in file.error
