"""What the search remembers in the site's own database."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MAX_TRIES = 5


class IndexBatch(models.Model):
    """One go at the index. Its number is the version that its documents carry, so a later go always wins."""

    started_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.pk)


class IndexChangeQuerySet(models.QuerySet["IndexChange"]):
    """Verbs over changes."""

    def open(self) -> IndexChangeQuerySet:
        return self.filter(done_in=None, parked=False)

    def due(self) -> IndexChangeQuerySet:
        return self.open().filter(due_at__lte=timezone.now()).order_by("pk")

    def parked(self) -> IndexChangeQuerySet:
        return self.filter(parked=True)


class IndexChange(models.Model):
    """Something to be looked at again by the index, written in the transaction that changed it.

    It says only which thing; what the index gets is read afresh when the row is worked off, so neither order nor
    repetition can do harm.
    """

    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(default=timezone.now, db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    parked = models.BooleanField(default=False)
    done_in = models.ForeignKey(IndexBatch, models.CASCADE, null=True, related_name="changes")

    objects: ClassVar = IndexChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("waiting index change")
        verbose_name_plural = _("waiting index changes")
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=models.Q(done_in=None, parked=False), name="search_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"


class IndexLease(models.Model):
    """Who may write to the index just now: one worker, or the end of a rebuild."""

    name = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=40, blank=True)
    until = models.DateTimeField(default=timezone.now)
    #: Generations that were put in use: a writer that outlived its lease sees by it that it wrote to an old one.
    swaps = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class IndexRun(models.Model):
    """Work on the whole index that somebody asked for (索引任务): its progress, and what came of it."""

    class Kind(models.TextChoices):
        REBUILD = "rebuild", _("Rebuild")
        COMPARE = "compare", _("Comparison with the database")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    #: What was found: numbers for each kind in index and database, keys that differ.
    report = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("work on the index")
        verbose_name_plural = _("work on the index")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def is_busy(self) -> bool:
        return self.state in {self.State.WAITING, self.State.RUNNING}


class Synonym(models.Model):
    """Words that mean the same (同义词): a search for one finds the others too."""

    words = models.TextField(
        _("words that mean the same"),
        help_text=_("One group, the words separated by commas or spaces: 双减, 减轻作业负担"),
    )

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")

    def __str__(self) -> str:
        return self.words


class SearchGap(models.Model):
    """A question that found nothing, and how often it was asked. Who asked is not kept."""

    text = models.CharField(_("question"), max_length=80, unique=True)
    count = models.PositiveIntegerField(_("times asked"), default=1)
    first_at = models.DateTimeField(_("first asked"), auto_now_add=True)
    last_at = models.DateTimeField(_("last asked"), auto_now=True)

    class Meta:
        verbose_name = _("search without result")
        verbose_name_plural = _("searches without result")
        ordering = ["-count", "-last_at"]

    def __str__(self) -> str:
        return self.text


class SavedSearch(models.Model):
    """A search that somebody keeps (保存的搜索), and when she last looked at what it finds."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    name = models.CharField(_("name"), max_length=60)
    query = models.JSONField(default=dict)
    #: Keys of what it found when it was last looked at; what is found and not here is new.
    seen = models.JSONField(default=list)
    seen_at = models.DateTimeField(default=timezone.now)
    #: How many were new when that was last counted.
    fresh = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(default=timezone.now)
    by_mail = models.BooleanField(_("tell me by e-mail, once a day"), default=False)
    mailed = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_search_name_once")]

    def __str__(self) -> str:
        return self.name
