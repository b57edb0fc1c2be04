"""What is sealed opens with its key, in its place, and in no other way."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured

from forms.sealing.keys import read_keys
from forms.sealing.seal import BrokenSealError, blind, is_sealed, key_id_of, seal, unseal


def key(name: str, letter: bytes) -> str:
    return f"{name}:{base64.urlsafe_b64encode(letter * 32).decode()}"


@pytest.mark.parametrize("value", ["王小兰", 12, {"code": "430102"}, ["a", "b"], {"raw": "?"}, True])
def test_what_is_sealed_opens_again(value):
    sealed = seal(value, "here")
    assert is_sealed(sealed)
    assert unseal(sealed, "here") == value


def test_the_same_value_is_never_sealed_alike():
    assert seal("a", "here") != seal("a", "here")


def test_a_value_moved_to_another_place_does_not_open():
    with pytest.raises(BrokenSealError):
        unseal(seal("a", "here"), "there")


def test_a_value_that_was_changed_does_not_open():
    text = seal("a", "here")["sealed"]
    changed = text[:-6] + ("A" if text[-6] != "A" else "B") + text[-5:]
    with pytest.raises(BrokenSealError):
        unseal({"sealed": changed}, "here")


def test_a_value_of_a_key_that_is_gone_does_not_open(settings):
    settings.FORMS_KEYS = key("k1", b"a")
    sealed = seal("a", "here")
    settings.FORMS_KEYS = key("k2", b"b")
    with pytest.raises(BrokenSealError):
        unseal(sealed, "here")


def test_a_wrong_key_under_the_same_id_does_not_open(settings):
    settings.FORMS_KEYS = key("k1", b"a")
    sealed = seal("a", "here")
    settings.FORMS_KEYS = key("k1", b"b")
    with pytest.raises(BrokenSealError):
        unseal(sealed, "here")


def test_the_newest_key_seals_and_the_older_ones_open(settings):
    settings.FORMS_KEYS = key("k1", b"a")
    old = seal("a", "here")
    settings.FORMS_KEYS = f"{key('k2', b'b')},{key('k1', b'a')}"
    assert unseal(old, "here") == "a"
    assert key_id_of(seal("a", "here")) == "k2"


@pytest.mark.parametrize("text", ["", "k1:short", f"{key('k1', b'a')},{key('k1', b'b')}", "k 1:" + "A" * 44])
def test_unfit_keys_are_refused(text):
    with pytest.raises(ImproperlyConfigured):
        read_keys(text)


def test_a_fingerprint_tells_equal_texts_of_one_purpose_and_nothing_else(settings):
    assert blind("a", "x") == blind("a", "x")
    assert blind("a", "x") != blind("a", "y")
    before = blind("a", "x")
    settings.FORMS_BLIND_KEY = "another"
    assert blind("a", "x") != before
