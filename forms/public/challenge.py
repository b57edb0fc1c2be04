"""What tells a person from a program, without pictures: work for the browser, or a small sum without scripts.

The browser looks for a number that, with the challenge's nonce, has a SHA-256 beginning with so many zero bits; it
costs a person's device a second or two, and whoever wants thousands as much thousands of times. A challenge is
signed, belongs to one draft, lasts an hour and counts once.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.public.models import SpentChallenge
from forms.sealing.seal import blind

if TYPE_CHECKING:
    from forms.filling.models import Draft
    from forms.public.visitor import Visitor

SALT = "forms.challenge"
LASTS = timedelta(hours=1)
#: Numbers of a sum, as they are written in words and as they are taken.
DIGITS = "零一二三四五六七八九"


class SuspectError(ValidationError):
    """It looks as if a program hands in."""


class ChallengeError(SuspectError):
    """The challenge is not answered. `wrong` tells a wrong answer from a missing or old one."""

    def __init__(self, message: str, *, wrong: bool = False) -> None:
        self.wrong = wrong
        super().__init__(message, code="challenge")


@dataclass(frozen=True)
class Challenge:
    """A challenge for one draft: for scripts `nonce` and `bits`, for people `question`."""

    nonce: str
    bits: int
    token: str

    @property
    def question(self) -> str:
        """Return the sum in words."""
        first, second = terms(self.nonce)
        return _("What is %(first)s plus %(second)s?") % {"first": DIGITS[first], "second": DIGITS[second]}


def new_challenge(draft: Draft) -> Challenge | None:
    """Return a challenge for handing the draft in; None where the operator asks for none."""
    bits: int = settings.FORMS_CHALLENGE_BITS
    if not bits:
        return None
    nonce = secrets.token_hex(16)
    return Challenge(nonce, bits, signing.dumps([nonce, draft.pk.hex, bits], salt=SALT))


def terms(nonce: str) -> tuple[int, int]:
    """Return the two numbers of the sum, which follow from the nonce for us alone."""
    drawn = int(blind(nonce, "challenge")[:8], 16)
    return 1 + drawn % 9, 1 + drawn // 9 % 9


def require_person(visitor: Visitor, draft: Draft) -> None:
    """Check that a person hands the draft in, and spend the challenge. Raises SuspectError."""
    if visitor.trapped:
        raise SuspectError(
            _(
                "A field that people do not see was filled in. If a program did it, switch it off and try again."
            )
        )
    if timezone.now() - draft.created_at < timedelta(seconds=settings.FORMS_PUBLIC_MIN_SECONDS):
        raise SuspectError(
            _("That was too quick. Please look at your answers once more and hand them in then.")
        )
    if not settings.FORMS_CHALLENGE_BITS:
        return
    nonce, bits = _read(visitor.challenge, draft)
    if not (_is_solved(nonce, bits, visitor.solution) or _is_answered(nonce, visitor.answer)):
        if not (visitor.answer.strip() or visitor.solution):
            raise ChallengeError(_("Please answer the question for your safety at the end of the page."))
        raise ChallengeError(
            _("That is not the right answer. Please try again with the new question."), wrong=True
        )
    spend(nonce)


def _read(token: str, draft: Draft) -> tuple[str, int]:
    if not token:
        raise ChallengeError(_("Please answer the question for your safety at the end of the page."))
    try:
        nonce, owner, bits = signing.loads(token, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        raise ChallengeError(_("The question is too old. Here is a new one.")) from None
    if owner != draft.pk.hex:
        raise ChallengeError(_("The question is too old. Here is a new one."))
    return nonce, bits


def spend(nonce: str) -> None:
    """Note that the challenge was answered. Raises ChallengeError when it was before."""
    try:
        with transaction.atomic():
            SpentChallenge.objects.create(nonce=nonce, expires_at=timezone.now() + 2 * LASTS)
    except IntegrityError:
        raise ChallengeError(_("The question is too old. Here is a new one.")) from None


def burn(token: str) -> None:
    """Let a challenge that was answered wrongly count no more."""
    try:
        nonce = signing.loads(token, salt=SALT)[0]
        spend(nonce)
    except (signing.BadSignature, ChallengeError, ValueError, TypeError, IndexError):
        return


def _is_solved(nonce: str, bits: int, solution: str) -> bool:
    if not (solution.isascii() and solution.isdigit()):
        return False
    digest = hashlib.sha256(f"{nonce}:{solution}".encode()).digest()
    return int.from_bytes(digest, "big") >> (256 - bits) == 0


def _is_answered(nonce: str, answer: str) -> bool:
    return number_in(answer) == sum(terms(nonce))


def number_in(answer: str) -> int | None:
    """Return the number that was typed, in digits of any width or in Chinese words up to nineteen; else None."""
    text = unicodedata.normalize("NFKC", answer).strip().rstrip("。.")
    if text.isascii() and text.isdigit():
        return int(text)
    tens, _ten, units = text.rpartition("十")
    if "十" not in text:
        return DIGITS.index(text) if len(text) == 1 and text in DIGITS else None
    if tens not in ("", "一") or (units and units not in DIGITS):
        return None
    return 10 + (DIGITS.index(units) if units else 0)
