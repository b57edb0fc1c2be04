"""Models of moderation, for `cms.models` to re-export."""

from cms.moderation.tasks import BureauApprovalTask

__all__ = ["BureauApprovalTask"]
