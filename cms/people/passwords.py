"""Rules for passwords whose words Django's own Chinese catalogue lacks."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class MinimumLength(MinimumLengthValidator):
    """Django's rule; Django 5.2 changed the message, and its Chinese translation still has the old one."""

    def get_error_message(self) -> str:
        return _("The password is too short: it needs at least %(n)d characters.") % {"n": self.min_length}

    def get_help_text(self) -> str:
        return _("At least %(n)d characters.") % {"n": self.min_length}
