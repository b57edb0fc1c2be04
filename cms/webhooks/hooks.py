"""What the webhooks' area adds to Wagtail's admin."""

from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from cms.webhooks.admin import WebhooksGroup, webhook_urls
from cms.webhooks.log import register_webhook_actions

modeladmin_register(WebhooksGroup)
hooks.register("register_admin_urls", webhook_urls)
hooks.register("register_log_actions", register_webhook_actions)
