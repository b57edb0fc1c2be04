"""Makers of test data. Every maker goes through the action that the product uses."""

from tests.factories.media import make_document, make_image
from tests.factories.pages import make_news, make_plan, make_policy, make_template, make_topic
from tests.factories.people import make_bureau_user, make_school, make_school_user, make_user

__all__ = [
    "make_bureau_user",
    "make_document",
    "make_image",
    "make_news",
    "make_plan",
    "make_policy",
    "make_school",
    "make_school_user",
    "make_template",
    "make_topic",
    "make_user",
]
