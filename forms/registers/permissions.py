"""Who may do what with registers and their records, as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cms.service import (
    Role,
    School,
    school_ids_of,
    user_can_edit_bureau_content,
    user_is_bureau,
    user_is_bureau_admin,
)

if TYPE_CHECKING:
    from forms.registers.models import Record, Transfer

#: Who keeps the records of a school.
OFFICE = (Role.SCHOOL_HEAD, Role.SCHOOL_EDITOR)


def user_can_manage_registers(user: Any) -> bool:
    """The bureau administrator makes registers and names their properties."""
    return user_is_bureau_admin(user)


def user_can_list_records(user: Any) -> bool:
    """The bureau, heads and editors have the lists of records in the admin; class teachers have their desk."""
    return user_is_bureau(user) or bool(school_ids_of(user, *OFFICE))


def user_can_see_record(user: Any, record: Record) -> bool:
    """Say whether the user may see the record at all. One query for a class teacher."""
    if user_is_bureau(user) or record.school_id in school_ids_of(user, *OFFICE):
        return True
    return record.school_id in school_ids_of(user) and record.keepers.filter(user=user).exists()


def user_can_keep_records_of(user: Any, school: School | int | None) -> bool:
    """Say whether the user may enter, edit and import records of the school, and settle conflicts in them."""
    pk = school.pk if isinstance(school, School) else school
    return user_can_edit_bureau_content(user) or pk in school_ids_of(user, *OFFICE)


def user_can_edit_record(user: Any, record: Record) -> bool:
    """Say whether the user may change the record by hand."""
    return user_can_keep_records_of(user, record.school_id)


def user_can_assign_keepers(user: Any, school_id: int) -> bool:
    """The head says who looks after which child: a keeper may have sensitive facts shown."""
    return user_is_bureau_admin(user) or school_id in school_ids_of(user, Role.SCHOOL_HEAD)


def user_can_merge_records(user: Any, one: Record, other: Record) -> bool:
    """A head merges records of her school, the bureau administrator those of any."""
    if user_is_bureau_admin(user):
        return True
    headed = school_ids_of(user, Role.SCHOOL_HEAD)
    return one.school_id in headed and other.school_id in headed


def user_can_ask_transfer(user: Any, school: School | int) -> bool:
    """Heads and editors ask for transfers to or from their school."""
    return (school.pk if isinstance(school, School) else school) in school_ids_of(user, *OFFICE)


def user_can_decide_transfer(user: Any, transfer: Transfer) -> bool:
    """The head of the school that was asked decides; the bureau's administrator where that school is closed."""
    asked = transfer.asked_school
    if asked.status != "open":
        return user_is_bureau_admin(user)
    return asked.pk in school_ids_of(user, Role.SCHOOL_HEAD)


def user_decides_transfers(user: Any) -> bool:
    """Say whether the user decides about any transfers at all."""
    return user_is_bureau_admin(user) or bool(school_ids_of(user, Role.SCHOOL_HEAD))


def user_can_cancel_transfer(user: Any, transfer: Transfer) -> bool:
    """The school that asked may take its question back; the bureau's administrator may too."""
    asking = transfer.to_school_id if transfer.asked_by_receiver else transfer.from_school_id
    return user_is_bureau_admin(user) or asking in school_ids_of(user, *OFFICE)
