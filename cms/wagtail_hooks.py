"""Hooks of every area, for Wagtail to find. Each area keeps its own in `hooks.py`."""

import cms.api.hooks
import cms.dashboard.hooks
import cms.moderation.hooks
import cms.pages.hooks
import cms.people.hooks
import cms.plan_import.hooks
import cms.schools.hooks
import cms.search_office.hooks
import cms.staff_search.hooks
import cms.webhooks.hooks  # noqa: F401
