"""The door of the app: what other apps may import from cms."""

from cms.demo.accounts import demo_accounts
from cms.demo.load import load_demo
from cms.form_errors import put_errors
from cms.media.documents_in import check_document
from cms.media.names import download_name, extension_of, random_path
from cms.media.pictures_in import clean_picture
from cms.outbox.jobs import register_daily
from cms.pages.bureau import bureau_name
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
from cms.text import pinyin_key

__all__ = [
    "BUREAU_ROLES",
    "SCHOOL_ROLES",
    "Column",
    "Membership",
    "Role",
    "RowPlan",
    "School",
    "SheetImportView",
    "SheetRow",
    "Stage",
    "User",
    "bureau_name",
    "check_document",
    "clean_picture",
    "demo_accounts",
    "download_name",
    "extension_of",
    "load_demo",
    "memberships_of",
    "pinyin_key",
    "put_errors",
    "random_path",
    "register_daily",
    "school_ids_of",
    "schools_of",
    "user_can_edit_bureau_content",
    "user_is_bureau",
    "user_is_bureau_admin",
    "write_sheet",
    "xlsx_response",
]
