"""All models of the app, for Django to find. Code imports them from the package that owns them."""

from cms.api.tokens.models import ApiToken
from cms.findable.models import AttachmentText, FoldedText
from cms.media.models import MediaUse, SiteDocument, SiteImage, SiteRendition
from cms.moderation.models import BureauApprovalTask
from cms.outbox.models import Bookmark, Event, JobRun, WorkerBeat
from cms.pages.models import *
from cms.people.models import AccountLink, Membership, Role, User
from cms.plan_import.models import ImportBatch, ImportedPlan, ImportFile
from cms.schools.models import School, SchoolCollection, SchoolGroup, Stage
from cms.webhooks.models import Webhook, WebhookDelivery

__all__ = [
    "AccountLink",
    "ActivityKind",
    "ActivityNewsPage",
    "ApiToken",
    "AttachmentText",
    "BasePage",
    "Bookmark",
    "BureauApprovalTask",
    "BureauSettings",
    "DeclinedTemplate",
    "Event",
    "FoldedText",
    "HomePage",
    "ImportBatch",
    "ImportFile",
    "ImportedPlan",
    "JobRun",
    "MediaUse",
    "Membership",
    "NewsIndexPage",
    "PlanIndexPage",
    "PlanPage",
    "PlanTemplatePage",
    "PolicyIndexPage",
    "PolicyPage",
    "PolicyReplacement",
    "Role",
    "School",
    "SchoolCollection",
    "SchoolGroup",
    "SchoolIndexPage",
    "SchoolPage",
    "SiteDocument",
    "SiteImage",
    "SiteRendition",
    "Stage",
    "StandardPage",
    "TemplateIndexPage",
    "Topic",
    "User",
    "Webhook",
    "WebhookDelivery",
    "WorkerBeat",
]
