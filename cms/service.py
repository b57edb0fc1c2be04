"""The door of the app: what other apps may import from cms."""

from cms.api.answers import json_response
from cms.api.api import add_api_router
from cms.api.problems import ApiProblem, ProblemError, not_found
from cms.api.tokens.auth import check_csrf
from cms.api.tokens.auth import require as require_scope
from cms.api.tokens.models import Scope
from cms.dashboard.lines import Line, Lines
from cms.dashboard.panels import ListPanel, register_panels
from cms.demo.accounts import demo_accounts, refuse_in_production
from cms.demo.load import load_demo
from cms.findable.access import (
    BUREAU,
    SCHOOLS,
    keeper_token,
    member_token,
    person_token,
    school_token,
    tokens_of_reader,
)
from cms.findable.kinds import register_kind
from cms.form_errors import put_errors
from cms.media.documents_in import check_document
from cms.media.names import download_name, extension_of, random_path
from cms.media.pictures_in import clean_picture
from cms.outbox.jobs import register_daily
from cms.pages.bureau import bureau_name
from cms.people.desk_panels import register_desk_panel
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
from cms.sheets.columns import Column, RowPlan, SheetRow
from cms.sheets.views import SheetImportView
from cms.sheets.writer import write_sheet, xlsx_response
from cms.text import ascii_slug, pinyin_key, school_year_of

__all__ = [
    "BUREAU",
    "BUREAU_ROLES",
    "SCHOOLS",
    "SCHOOL_ROLES",
    "ApiProblem",
    "Column",
    "Line",
    "Lines",
    "ListPanel",
    "Membership",
    "ProblemError",
    "Role",
    "RowPlan",
    "School",
    "Scope",
    "SheetImportView",
    "SheetRow",
    "Stage",
    "User",
    "add_api_router",
    "ascii_slug",
    "bureau_name",
    "check_csrf",
    "check_document",
    "clean_picture",
    "demo_accounts",
    "download_name",
    "extension_of",
    "json_response",
    "keeper_token",
    "load_demo",
    "member_token",
    "memberships_of",
    "not_found",
    "person_token",
    "pinyin_key",
    "put_errors",
    "random_path",
    "refuse_in_production",
    "register_daily",
    "register_desk_panel",
    "register_kind",
    "register_panels",
    "require_scope",
    "school_ids_of",
    "school_token",
    "school_year_of",
    "schools_of",
    "tokens_of_reader",
    "user_can_edit_bureau_content",
    "user_is_bureau",
    "user_is_bureau_admin",
    "write_sheet",
    "xlsx_response",
]
