"""Plain text: which encoding is it, and where does a paragraph end."""

from __future__ import annotations

import codecs

from django.utils.translation import gettext as _

from cms.plan_import.lines import Line, SourceText, clean
from cms.plan_import.readers.errors import ReadError
from cms.plan_import.readers.wrapping import unwrap

#: Longest first: the mark of UTF-32 begins with the one of UTF-16.
_MARKS = [
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
_GUESSES = ("gb18030", "utf-16-le", "utf-16-be")
_SAMPLE = 20_000
_PLAUSIBLE = 0.85


def read_text(data: bytes) -> SourceText:
    """Read a .txt file: UTF-8, GB18030 or UTF-16, with or without a byte order mark, any line ends."""
    text = decode(data)
    lines = [clean(line) for line in text.splitlines()]
    return SourceText([Line(line) for line in unwrap([line for line in lines if line])])


def decode(data: bytes) -> str:
    """Return the text of the bytes; raise ReadError when no encoding gives Chinese or English text."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decode_as(data, name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _best_guess(data)
    return text if "\x00" not in text else _best_guess(data)


def _decode_as(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise ReadError(_("The text file is damaged: its encoding does not fit its content.")) from error


def _best_guess(data: bytes) -> str:
    """Try the other encodings in use and keep the one whose characters look most like Chinese text."""
    best, best_score = "", 0.0
    for name in _GUESSES:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        score = _plausibility(text[:_SAMPLE])
        if score > best_score:
            best, best_score = text, score
    if best_score < _PLAUSIBLE:
        raise ReadError(
            _("This is no text, or its encoding is unknown. Save it as UTF-8 text and try again.")
        )
    return best


def _plausibility(text: str) -> float:
    """Return the share of characters that are common in Chinese text, 0 to 1."""
    return sum(map(_is_common, text)) / len(text) if text else 0.0


def _is_common(character: str) -> bool:
    if character.isascii():
        return character.isprintable() or character in "\r\n\t\f"
    if "\u3000" <= character <= "\u303f" or "\uff00" <= character <= "\uffef" or character in "“”‘’—–…·①②③④⑤":
        return True
    if not "\u4e00" <= character <= "\u9fff":
        return False
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
