"""Policy documents, and which replaces which."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import model_from_serializable_data
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable
from wagtail.search import index

from cms.pages.blocks import AttachmentListBlock, BodyBlock
from cms.pages.fields import BodyField, writable
from cms.pages.forms.policy import PolicyForm
from cms.pages.models.base import BasePage
from cms.pages.models.terms import Topic


class PolicyStatus(models.TextChoices):
    """Whether a policy holds (状态)."""

    IN_FORCE = "in_force", _("In force")
    AMENDED = "amended", _("Amended")
    REPEALED = "repealed", _("Repealed")


class PolicyPage(BasePage):
    """A policy document (政策文件). `date` is the day of issue (成文日期).

    `status` is kept by `refresh_policy_status`: repealed when `repealed_on` has come or a published policy
    replaces it whole, amended when one amends it.
    """

    document_number = models.CharField(
        _("document number"), max_length=60, blank=True, help_text=_("As printed, with the year in 〔〕.")
    )
    issuing_body = models.CharField(_("issuing body"), max_length=80)
    effective_on = models.DateField(_("in force from"), null=True, blank=True)
    repealed_on = models.DateField(
        _("repealed on"),
        null=True,
        blank=True,
        help_text=_("When it ends without another policy in its place."),
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=PolicyStatus.choices,
        default=PolicyStatus.IN_FORCE,
        editable=False,
        db_index=True,
    )
    addressee = models.CharField(
        _("addressee"), max_length=200, blank=True, help_text=_("To whom it is sent.")
    )
    topics = ParentalManyToManyField(Topic, blank=True, related_name="policies", verbose_name=_("topics"))
    body = BodyField(BodyBlock(), verbose_name=_("body"), blank=True)
    attachments = BodyField(AttachmentListBlock(), verbose_name=_("attachments"), blank=True)

    template = "cms/policy.html"
    parent_page_types = ["cms.PolicyIndexPage"]
    subpage_types: list[str] = []
    base_form_class = PolicyForm
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("document_number"), FieldPanel("issuing_body")]),
                FieldRowPanel(
                    [FieldPanel("date", heading=_("Day of issue")), FieldPanel("effective_on")],
                ),
                FieldRowPanel([FieldPanel("addressee"), FieldPanel("repealed_on")]),
            ],
            heading=_("Document details"),
            icon="doc-full",
        ),
        FieldPanel("topics", widget=CheckboxSelectMultiple),
        InlinePanel(
            "replacements",
            heading=_("Replaces"),
            label=_("Earlier policy"),
            help_text=_(
                "Earlier policies that this one replaces or amends. Their status follows its publication."
            ),
        ),
        FieldPanel("body"),
        FieldPanel("attachments"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("document_number"),
        index.SearchField("body"),
        index.FilterField("status"),
        index.FilterField("issuing_body"),
    ]

    api_fields = [
        *BasePage.api_fields,
        *writable(
            "document_number",
            "issuing_body",
            "effective_on",
            "repealed_on",
            "addressee",
            "topics",
            "replacements",
            "body",
            "attachments",
        ),
    ]

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the status of this policy and of those it replaces, or replaced before this save.

        Once, after the whole save: on the way Wagtail deletes the rows of a relation and makes them anew.
        """
        from cms.pages.policy_status import earlier_ids, refresh_policy_status

        before = earlier_ids(self.pk) if self.pk else set()
        super().save(*args, **kwargs)
        if not kwargs.get("update_fields"):
            refresh_policy_status({self.pk, *before, *earlier_ids(self.pk)})

    def replaced_by_live(self) -> QuerySet[PolicyReplacement]:
        """Return the replacements of this policy by published ones, newest first: for the top of its page."""
        found = PolicyReplacement.objects.filter(earlier=self, page__live=True)
        return found.select_related("page").order_by("-page__date", "-page_id")

    def replaces_live(self) -> QuerySet[PolicyReplacement]:
        """Return the published policies that this one replaces or amends, in the order of the form."""
        found = PolicyReplacement.objects.filter(page=self, earlier__live=True)
        return found.select_related("earlier").order_by("sort_order")

    def ids_replaced(self) -> set[int]:
        """Return the ids of all policies that this one replaces or amends, over any number of steps."""
        found: set[int] = set()
        step = {self.pk}
        while step:
            rows = PolicyReplacement.objects.filter(page__in=step).values_list("earlier_id", flat=True)
            step = set(rows) - found
            found |= step
        return found


class PolicyReplacement(Orderable):
    """One policy takes the place of another (替代关系), wholly or in part."""

    class Kind(models.TextChoices):
        """How much of the earlier policy ends."""

        WHOLE = "whole", _("Replaces it")
        PART = "part", _("Amends it")

    page = ParentalKey(PolicyPage, on_delete=models.CASCADE, related_name="replacements")
    earlier = models.ForeignKey(
        PolicyPage, models.PROTECT, related_name="replaced_by", verbose_name=_("earlier policy")
    )
    kind = models.CharField(_("how"), max_length=10, choices=Kind.choices, default=Kind.WHOLE)

    panels = [PageChooserPanel("earlier"), FieldPanel("kind")]

    api_fields = writable("earlier", "kind")

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "earlier"], name="policy_replaces_once"),
        ]

    def __str__(self) -> str:
        return f"{self.page.title} → {self.earlier.title}"

    @classmethod
    def from_serializable_data(cls, data: Any, check_fks: bool = True, strict_fks: bool = False) -> Any:
        """Return the row that a version of the page keeps; None when the earlier policy has been deleted since.

        modelcluster fails on a protected key whose target is gone.
        """
        if check_fks and not PolicyPage.objects.filter(pk=data["earlier"]).exists():
            return None
        return model_from_serializable_data(cls, data, check_fks=check_fks, strict_fks=strict_fks)
