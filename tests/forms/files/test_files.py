"""Files of answers: taken in by content, kept in a private store, served to whoever may see them."""

from __future__ import annotations

import socket
import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from forms.answers.answers import TOP
from forms.files.actions import StoreFile
from forms.files.cleaning import clean_drafts, clean_files
from forms.files.models import AnswerFile
from forms.files.store import file_store
from forms.filling.actions import DiscardDraft, SaveAnswers
from forms.filling.models import Draft
from tests.factories.forms import one_step, question
from tests.factories.media import png_bytes
from tests.forms.filling.people import make_draft, make_teacher

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Draft:
    return make_draft(
        one_step(question("photo", "p"), question("file", "f", max_bytes=2000), question("text", "t"))
    )


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/html")


def store(draft: Draft, question: str, name: str, content: bytes) -> AnswerFile:
    return StoreFile(draft, question, upload(name, content), draft.owner).execute()


def test_a_picture_is_written_anew_under_a_name_of_ours(draft):
    file = store(draft, "p", "../../家访<照片>.JPG", png_bytes())
    assert file.content_type in {"image/png", "image/jpeg"}
    assert "家访" not in file.stored_name
    assert "/" not in file.name
    with file_store().open(file.stored_name) as kept:
        assert not Image.open(kept).getexif()


@pytest.mark.parametrize(
    ("question", "name", "content"),
    [
        ("p", "x.png", b"<script>alert(1)</script>"),
        ("p", "x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("f", "x.html", b"<b>x</b>"),
        ("f", "x.pdf", b"MZ not a pdf"),
        ("f", "x.docx", b"not a zip"),
        ("f", "x.pdf", b"%PDF-1.4" + b"x" * 3000),
        ("f", "x.pdf", b""),
        ("t", "x.png", b"x"),
    ],
)
def test_what_is_not_what_it_says_is_not_taken(draft, question, name, content):
    with pytest.raises(ValidationError):
        store(draft, question, name, content)
    assert not AnswerFile.objects.exists()


def test_a_file_goes_to_its_owner_alone_and_runs_nowhere(draft):
    file = store(draft, "p", "照片.png", png_bytes())
    owner, other, nobody = Client(), Client(), Client()
    owner.force_login(draft.owner)
    other.force_login(make_teacher())
    answer = owner.get(file.url)
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"
    assert [client.get(file.url).status_code for client in (other, nobody)] == [404, 404]


def test_an_answer_names_files_of_its_own_draft_alone(draft):
    other = make_draft(one_step(question("photo", "p")))
    foreign = store(other, "p", "照片.png", png_bytes())
    kept = SaveAnswers(draft, 0, {(TOP, "p"): [str(foreign.pk)]}, user=draft.owner).execute()
    assert kept.answers.get("p") is None


def test_a_script_uploads_one_file_and_is_told_in_words_when_it_is_not_taken(draft):
    client = Client()
    client.force_login(draft.owner)
    address = f"/fill/{draft.pk}/upload/"
    good = client.post(address, {"question": "p", "file": upload("a.png", png_bytes())})
    assert (good.status_code, good.json()["name"]) == (201, "a.png")
    bad = client.post(address, {"question": "p", "file": upload("a.png", b"x")})
    assert bad.status_code == 400
    assert bad.json()["message"]


def test_a_file_that_no_answer_names_goes_after_two_days(draft):
    kept, lost = (store(draft, "p", f"{n}.png", png_bytes()) for n in "ab")
    SaveAnswers(draft, 0, {(TOP, "p"): [str(kept.pk)]}, user=draft.owner).execute()
    assert clean_files() == 0
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert clean_files() == 1
    assert list(AnswerFile.objects.all()) == [kept]
    assert not file_store().exists(lost.stored_name)


def test_a_draft_put_aside_goes_after_thirty_days_with_its_files(draft):
    file = store(draft, "p", "a.png", png_bytes())
    DiscardDraft(draft, draft.owner).execute()
    assert clean_drafts() == 0
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert clean_drafts() == 1
    assert not Draft.objects.exists()
    assert not file_store().exists(file.stored_name)


def clamd(answer: bytes) -> tuple[str, list[bytes]]:
    """A daemon that answers once; what it was sent."""
    door = socket.create_server(("127.0.0.1", 0))
    heard: list[bytes] = []

    def serve() -> None:
        connection, _ = door.accept()
        with connection:
            data = b""
            while not data.endswith(b"\0\0\0\0"):
                data += connection.recv(65536)
            heard.append(data)
            connection.sendall(answer)

    threading.Thread(target=serve, daemon=True).start()
    return f"127.0.0.1:{door.getsockname()[1]}", heard


def test_a_file_with_a_virus_is_not_taken(draft, settings):
    settings.CLAMD_SOCKET, heard = clamd(b"stream: Eicar-Test-Signature FOUND\0")
    with pytest.raises(ValidationError) as refused:
        store(draft, "p", "a.png", png_bytes())
    assert refused.value.code == "virus"
    assert heard[0].startswith(b"zINSTREAM\0")


def test_a_clean_file_is_taken_and_a_silent_daemon_stops_uploads(draft, settings):
    settings.CLAMD_SOCKET, _ = clamd(b"stream: OK\0")
    assert store(draft, "p", "a.png", png_bytes())
    settings.CLAMD_SOCKET = "127.0.0.1:1"
    with pytest.raises(ValidationError) as refused:
        store(draft, "p", "a.png", png_bytes())
    assert refused.value.code == "not_scanned"
