"""Words of wagtail-modeladmin whose Chinese is missing or misleading: our catalogue goes before its own."""

from django.utils.translation import gettext_noop

WORDS = (
    gettext_noop("Inspect"),
    gettext_noop("By %(filter_title)s"),
)
