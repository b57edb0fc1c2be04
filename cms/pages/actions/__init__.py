"""What is done to pages: each action checks the right, writes in one transaction, and logs."""

from cms.pages.actions.plans import DeclineTemplateChanges, StartPlan, TakeTemplateChanges

__all__ = ["DeclineTemplateChanges", "StartPlan", "TakeTemplateChanges"]
