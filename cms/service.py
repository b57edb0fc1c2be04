"""The door of the app: what other apps may import from cms."""

from cms.demo.accounts import demo_accounts
from cms.demo.load import load_demo
from cms.people.models import BUREAU_ROLES, SCHOOL_ROLES, Membership, Role, User
from cms.people.permissions import (
    memberships_of,
    school_ids_of,
    schools_of,
    user_can_edit_bureau_content,
    user_is_bureau,
    user_is_bureau_admin,
)
from cms.schools.models import School, Stage
from cms.text import pinyin_key

__all__ = [
    "BUREAU_ROLES",
    "SCHOOL_ROLES",
    "Membership",
    "Role",
    "School",
    "Stage",
    "User",
    "demo_accounts",
    "load_demo",
    "memberships_of",
    "pinyin_key",
    "school_ids_of",
    "schools_of",
    "user_can_edit_bureau_content",
    "user_is_bureau",
    "user_is_bureau_admin",
]
