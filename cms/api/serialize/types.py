"""The API's names of page types: stable, whatever the models are called."""

from __future__ import annotations

from cms.pages.models import (
    ActivityNewsPage,
    BasePage,
    HomePage,
    NewsIndexPage,
    PlanIndexPage,
    PlanPage,
    PlanTemplatePage,
    PolicyIndexPage,
    PolicyPage,
    SchoolIndexPage,
    SchoolPage,
    StandardPage,
    TemplateIndexPage,
)

TYPE_NAMES: dict[type[BasePage], str] = {
    ActivityNewsPage: "news",
    PolicyPage: "policy",
    PlanPage: "plan",
    PlanTemplatePage: "template",
    SchoolPage: "school",
    StandardPage: "page",
    HomePage: "home",
    NewsIndexPage: "news_index",
    PolicyIndexPage: "policy_index",
    PlanIndexPage: "plan_index",
    TemplateIndexPage: "template_index",
    SchoolIndexPage: "school_index",
}
_BY_MODEL_NAME: dict[str | None, str] = {model._meta.model_name: name for model, name in TYPE_NAMES.items()}


def type_name(model_name: str | None) -> str:
    """Return the API's name of a content type; `page` for a type that the API does not know by itself."""
    return _BY_MODEL_NAME.get(model_name, "page")


def register(model: type[BasePage], name: str) -> None:
    """Give a page type of another app its name."""
    TYPE_NAMES[model] = name
    _BY_MODEL_NAME[model._meta.model_name] = name
