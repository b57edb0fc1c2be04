"""What the check page and the API do around handing in without a log-in: limits, challenge, what a refusal means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forms.definitions.models import Audience
from forms.public.challenge import Challenge, ChallengeError, SuspectError, burn, new_challenge
from forms.public.opening import opening_of
from forms.public.throttle import TooOftenError, count, handed_in, require_room, wrong_limits
from forms.public.turns import had_turn
from forms.public.visitor import Visitor, browser_of
from forms.submissions.models import Submission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.core.exceptions import ValidationError
    from django.http import HttpRequest

    from forms.filling.models import Draft


class Guard:
    """Stands between a request and `SubmitDraft`. Of people with an account it asks nothing: `visitor` is None."""

    def __init__(self, request: HttpRequest, draft: Draft, brought: Mapping[str, str] | None = None) -> None:
        self.request, self.draft = request, draft
        typed = request.POST if brought is None else brought
        self.visitor = Visitor.of(request, typed) if draft.owner_id is None else None
        self.wrong: str = ""

    def admit(self) -> None:
        """Count the attempt. Raises TooOftenError. What was handed in before is answered without counting."""
        if self.visitor is None or not self.is_first:
            return
        for limit, whose in wrong_limits(self.visitor.address, self.draft.pk.hex):
            require_room(limit, whose)
        count(handed_in(), self.visitor.address)

    def refused(self, error: ValidationError) -> int:
        """Note why it was refused and return the HTTP status. A wrong answer counts, and its challenge goes."""
        if isinstance(error, TooOftenError):
            return 429
        if not isinstance(error, ChallengeError) or self.visitor is None:
            return 422 if isinstance(error, SuspectError) else 409
        self.wrong = "；".join(error.messages)
        if error.wrong:
            burn(self.visitor.challenge)
            for limit, whose in wrong_limits(self.visitor.address, self.draft.pk.hex):
                try:
                    count(limit, whose)
                except TooOftenError:
                    continue
        return 422

    @property
    def is_first(self) -> bool:
        """Say whether the draft was never handed in."""
        return not Submission.objects.filter(pk=self.draft.pk).exists()

    def challenge(self) -> Challenge | None:
        """Return a new challenge; None when none is asked."""
        return new_challenge(self.draft) if self.visitor is not None and self.is_first else None

    def context(self) -> dict[str, Any]:
        """Return what the check page shows: the challenge, and beforehand why it would be refused."""
        form = self.draft.version.form
        if form.audience != Audience.PUBLIC or self.draft.is_test:
            return {}
        first = self.is_first
        opening = opening_of(form) if first else None
        return {
            "guarded": self.visitor is not None and first,
            "challenge": self.challenge(),
            "challenge_wrong": self.wrong,
            "closed_words": opening.words if opening else "",
            "had_turn": had_turn(form, self._user, browser_of(self.request)) if first else "",
        }

    @property
    def _user(self) -> Any:
        return self.request.user if self.draft.owner_id is not None else None
