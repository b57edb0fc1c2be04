"""Why a document is not taken, said to the person who uploads it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def other_kind(extension: str) -> ValidationError:
    """The content is not what the extension says."""
    return ValidationError(
        _("The content of this file is not what its name says (%(kind)s). Open it and save it again.")
        % {"kind": extension[1:].upper()},
        code="other_kind",
    )


def damaged() -> ValidationError:
    """The file cannot be read."""
    return ValidationError(_("This file is damaged or incomplete and cannot be opened."), code="damaged")


def encrypted() -> ValidationError:
    """Readers would need a password."""
    return ValidationError(
        _("This file asks for a password, so that nobody could read it. Save it without one."),
        code="encrypted",
    )


def macros() -> ValidationError:
    """The document carries programs."""
    return ValidationError(
        _("This file carries macros. Save it as a document without macros and upload that."), code="macros"
    )


def bomb() -> ValidationError:
    """The archive unpacks to far more than it holds."""
    return ValidationError(
        _("This file unpacks to far more than a document needs and is not taken."), code="bomb"
    )
