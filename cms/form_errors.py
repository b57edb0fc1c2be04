"""What forms of several areas share."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError


def put_errors(form: Any, error: ValidationError) -> None:
    """Show an action's errors at the fields they belong to, others above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, faults in error.error_dict.items():
        form.add_error(name if name in form.fields else None, faults)
