"""Forms behind the editing screens, and behind the authoring API: both pass the same checks."""

from cms.pages.forms.base import BasePageForm

__all__ = ["BasePageForm"]
