"""What each page type shows, one file a subject. Importing the package registers the builders."""

from cms.web.contexts import articles, home, news, plans, policies, schools

__all__ = ["articles", "home", "news", "plans", "policies", "schools"]
