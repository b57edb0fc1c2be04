"""What the webhooks' area adds to Wagtail's admin."""

from wagtail import hooks

from cms.webhooks.log import register_webhook_actions

hooks.register("register_log_actions", register_webhook_actions)
