"""Word lists that the bureau keeps: topics of policies and kinds of activities."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet

from cms.pages.fields import writable


class Term(models.Model):
    """A word of a list, with its place in it."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    slug = models.SlugField(_("address"), max_length=40, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("order")]
    api_fields = writable("name", "slug", "order")

    class Meta:
        abstract = True
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


@register_snippet
class Topic(Term):
    """What a policy or plan is about (主题)."""

    class Meta(Term.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


@register_snippet
class ActivityKind(Term):
    """What kind of activity news is about (活动类型)."""

    class Meta(Term.Meta):
        verbose_name = _("kind of activity")
        verbose_name_plural = _("kinds of activities")
