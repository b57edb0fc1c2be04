"""Connects the recorder to the models it watches."""

from __future__ import annotations

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.models import PageViewRestriction, get_page_models
from wagtail.signals import post_page_move

from cms.outbox import recorder
from cms.outbox.atomic import make_actions_atomic
from cms.pages.models import BasePage
from cms.schools.models import School


def connect() -> None:
    """Connect the handlers; after `cms.pages.signals`, so that moved pages know their new school."""
    make_actions_atomic()
    for model in get_page_models():
        pre_save.connect(
            recorder.before_save, sender=model, dispatch_uid=f"outbox.before_save.{model.__name__}"
        )
        post_save.connect(
            recorder.after_save, sender=model, dispatch_uid=f"outbox.after_save.{model.__name__}"
        )
    pre_delete.connect(recorder.before_delete, sender=BasePage, dispatch_uid="outbox.before_delete")
    post_page_move.connect(recorder.after_move, dispatch_uid="outbox.after_move")
    for before, after in ((pre_save, post_save), (pre_delete, post_delete)):
        before.connect(recorder.before_fence, sender=PageViewRestriction, dispatch_uid="outbox.before_fence")
        after.connect(recorder.after_fence, sender=PageViewRestriction, dispatch_uid="outbox.after_fence")
    post_save.connect(recorder.after_school_save, sender=School, dispatch_uid="outbox.after_school_save")
