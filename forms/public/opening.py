"""Whether a public form takes anything in now, and why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from forms.definitions.models import Audience, FormState
from forms.public.models import PublicRules
from forms.submissions.models import Submission

if TYPE_CHECKING:
    from forms.definitions.models import Form


class Standing(StrEnum):
    """Where a public form stands (开放状态)."""

    OPEN = "open"
    NOT_YET = "not_yet"
    OVER = "over"
    FULL = "full"
    CLOSED = "closed"


class NotOpenError(ValidationError):
    """The form takes nothing in now. The message says why."""

    def __init__(self, opening: Opening) -> None:
        self.opening = opening
        super().__init__(opening.words, code=opening.standing)


@dataclass(frozen=True)
class Opening:
    """Where a form stands now. `left` is the number of places that are left, None without a limit."""

    standing: Standing
    rules: PublicRules | None = None
    left: int | None = None

    @property
    def is_open(self) -> bool:
        return self.standing is Standing.OPEN

    @property
    def words(self) -> str:
        """Return why it is not open, in a sentence or two; empty when it is."""
        rules = self.rules
        if self.standing is Standing.NOT_YET and rules and rules.opens_at:
            return _("It is not open yet. It opens on %(moment)s.") % {"moment": told(rules.opens_at)}
        if self.standing is Standing.OVER and rules and rules.closes_at:
            return _("It ended on %(moment)s and takes nothing in any more.") % {
                "moment": told(rules.closes_at)
            }
        if self.standing is Standing.FULL and rules:
            return _("All %(quota)d places are taken.") % {"quota": rules.quota or 0}
        if self.standing is Standing.CLOSED:
            return _("The form is closed and takes nothing in at the moment.")
        return ""

    @property
    def facts(self) -> list[dict[str, str]]:
        """Return what the rules say, for people: from when to when, how many places."""
        if self.rules is None:
            return []
        left = (
            _("%(quota)d, %(left)d left") % {"quota": self.rules.quota, "left": self.left}
            if self.left is not None
            else ""
        )
        said = [
            (_("Open from"), told(self.rules.opens_at)),
            (_("Open until"), told(self.rules.closes_at)),
            (_("Places"), left),
            (_("How often"), self.rules.get_once_display() if self.rules.counts_people else ""),
        ]
        return [{"label": str(label), "value": str(value)} for label, value in said if value]


def told(moment: datetime | None) -> str:
    """Return a moment for people: 2026年12月5日 18:00."""
    return date_format(timezone.localtime(moment), "Y年n月j日 H:i") if moment else ""


def rules_of(form: Form, *, held: bool = False) -> PublicRules | None:
    """Return the rules that hold for the form; None when it is not public or has none. `held` locks them."""
    if form.audience != Audience.PUBLIC:
        return None
    rows = PublicRules.objects.select_for_update() if held else PublicRules.objects.all()
    return rows.filter(form=form).first()


def opening_of(form: Form, rules: PublicRules | None = None) -> Opening:
    """Return where the form stands now. Two queries at most: the rules, and the count where there is a limit."""
    if form.state != FormState.OPEN or form.live_id is None:
        return Opening(Standing.CLOSED, rules or rules_of(form))
    rules = rules or rules_of(form)
    if rules is None:
        return Opening(Standing.OPEN)
    now = timezone.now()
    if rules.opens_at and now < rules.opens_at:
        return Opening(Standing.NOT_YET, rules)
    if rules.closes_at and now >= rules.closes_at:
        return Opening(Standing.OVER, rules)
    if rules.quota is None:
        return Opening(Standing.OPEN, rules)
    left = max(0, rules.quota - Submission.objects.counted().filter(form=form).count())
    return Opening(Standing.OPEN if left else Standing.FULL, rules, left)


def require_open(form: Form) -> None:
    """Raise NotOpenError when a public form takes nothing in now."""
    if form.audience == Audience.PUBLIC:
        opening = opening_of(form)
        if not opening.is_open:
            raise NotOpenError(opening)
