"""The door of the app: what other apps may import from cms."""

from cms.api.answers import json_response
from cms.api.api import add_api_router
from cms.api.fields import Field as ApiField
from cms.api.fields import school as school_field
from cms.api.fields import stream as stream_field
from cms.api.problems import ApiProblem, Problem, ProblemError, not_found
from cms.api.ratelimit import client_address
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
from cms.findable.lists import FoldingSearchHandler, written_ways
from cms.findable.sources import register_page_kind
from cms.form_errors import put_errors
from cms.media.documents_in import check_document
from cms.media.names import download_name, extension_of, random_path
from cms.media.pictures_in import clean_picture
from cms.outbox.jobs import register_daily
from cms.page_types import register_page_type
from cms.pages.blocks import BodyBlock
from cms.pages.bureau import bureau_name
from cms.pages.fields import BodyField, writable
from cms.pages.forms.base import BasePageForm
from cms.pages.models import BasePage, HomePage, SchoolPage, StandardPage
from cms.pages.selectors import published
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
from cms.sheets.writer import xlsx_stream
from cms.text import ascii_slug, pinyin_key, school_year_of
from cms.web.registry import context_of

__all__ = [
    "BUREAU",
    "BUREAU_ROLES",
    "SCHOOLS",
    "SCHOOL_ROLES",
    "ApiField",
    "ApiProblem",
    "BasePage",
    "BasePageForm",
    "BodyBlock",
    "BodyField",
    "Column",
    "FoldingSearchHandler",
    "HomePage",
    "Line",
    "Lines",
    "ListPanel",
    "Membership",
    "Problem",
    "ProblemError",
    "Role",
    "RowPlan",
    "School",
    "SchoolPage",
    "Scope",
    "SheetImportView",
    "SheetRow",
    "Stage",
    "StandardPage",
    "User",
    "add_api_router",
    "ascii_slug",
    "bureau_name",
    "check_csrf",
    "check_document",
    "clean_picture",
    "client_address",
    "context_of",
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
    "published",
    "put_errors",
    "random_path",
    "refuse_in_production",
    "register_daily",
    "register_desk_panel",
    "register_kind",
    "register_page_kind",
    "register_page_type",
    "register_panels",
    "require_scope",
    "school_field",
    "school_ids_of",
    "school_token",
    "school_year_of",
    "schools_of",
    "stream_field",
    "tokens_of_reader",
    "user_can_edit_bureau_content",
    "user_is_bureau",
    "user_is_bureau_admin",
    "writable",
    "written_ways",
    "xlsx_stream",
]
