"""Who sees and changes what in the admin, object by object."""

from __future__ import annotations

from typing import Any

from wagtail_modeladmin.helpers import PermissionHelper

from cms.service import school_ids_of, user_is_bureau, user_is_bureau_admin
from forms.registers.models import Record, RecordImport, Register, Transfer
from forms.registers.permissions import (
    OFFICE,
    user_can_edit_record,
    user_can_keep_records_of,
    user_can_list_records,
    user_can_manage_registers,
    user_can_see_record,
)
from forms.sealing.models import RevealLog


class NobodyDeletes(PermissionHelper):
    """What these screens share: nothing is deleted in them, and nobody enters but who may list."""

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False


class RegisterPermissionHelper(NobodyDeletes):
    """The bureau administrator alone."""

    def user_can_list(self, user: Any) -> bool:
        return user_can_manage_registers(user)

    def user_can_create(self, user: Any) -> bool:
        return user_can_manage_registers(user)

    def user_can_inspect_obj(self, user: Any, obj: Register) -> bool:
        return user_can_manage_registers(user)

    def user_can_edit_obj(self, user: Any, obj: Register) -> bool:
        return user_can_manage_registers(user)


class RecordPermissionHelper(NobodyDeletes):
    """The bureau all, heads and editors those of their school; the bureau's inspectors only look."""

    def user_can_list(self, user: Any) -> bool:
        return user_can_list_records(user)

    def user_can_create(self, user: Any) -> bool:
        return any(user_can_keep_records_of(user, pk) for pk in (None, *school_ids_of(user)))

    def user_can_inspect_obj(self, user: Any, obj: Record) -> bool:
        return user_can_see_record(user, obj)

    def user_can_edit_obj(self, user: Any, obj: Record) -> bool:
        return user_can_edit_record(user, obj)


class TransferPermissionHelper(NobodyDeletes):
    """Both schools of a transfer, and the bureau."""

    def user_can_list(self, user: Any) -> bool:
        return user_can_list_records(user)

    def user_can_inspect_obj(self, user: Any, obj: Transfer) -> bool:
        return user_is_bureau(user) or bool(
            {obj.from_school_id, obj.to_school_id} & school_ids_of(user, *OFFICE)
        )


class ImportPermissionHelper(NobodyDeletes):
    """Who may enter records of the school of the import."""

    def user_can_list(self, user: Any) -> bool:
        return user_can_list_records(user)

    def user_can_inspect_obj(self, user: Any, obj: RecordImport) -> bool:
        return user_can_keep_records_of(user, obj.school_id)


class RevealPermissionHelper(NobodyDeletes):
    """The bureau administrator reads who looked; nobody writes."""

    def user_can_list(self, user: Any) -> bool:
        return user_is_bureau_admin(user)

    def user_can_inspect_obj(self, user: Any, obj: RevealLog) -> bool:
        return user_is_bureau_admin(user)
