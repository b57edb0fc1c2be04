"""Addresses of submissions on the surface that a page is shown on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

if TYPE_CHECKING:
    from forms.submissions.models import Submission
    from forms.submissions.views.surfaces import Surface

register = template.Library()


@register.simple_tag
def address(surface: Surface, submission: Submission) -> str:
    """Return the address of the submission."""
    return surface.address(submission)


@register.simple_tag
def address_of(surface: Surface, verb: str, submission: Submission) -> str:
    """Return the address of an action on the submission: review, assign, withdraw."""
    return surface.address_of(verb, submission)
