"""The screens of forms, submissions and records in the admin; what is no screen, with the reason."""

from __future__ import annotations

from tests.journeys.admin_screens import ADMIN, BUREAU, HEAD, TEACHER, Screen

FORM_SCREENS = [
    # Forms
    Screen("forms_modeladmin_index", (ADMIN, HEAD)),
    Screen("forms_modeladmin_create", (BUREAU,)),
    Screen("forms_modeladmin_edit", (BUREAU,), lambda site: [site.form.pk]),
    Screen("forms_modeladmin_delete", (BUREAU,), lambda site: [site.form.pk]),
    Screen("forms_builder_copy", (BUREAU,), lambda site: [site.form.pk]),
    Screen("forms_builder_preview", (BUREAU,), lambda site: [site.form.pk]),
    Screen("forms_builder_versions", (BUREAU,), lambda site: [site.form.pk]),
    Screen("forms_builder_compare", (BUREAU,), lambda site: [site.form.pk, "1", "2"]),
    Screen("forms_public_rules", (BUREAU,), lambda site: [site.public_form.pk]),
    Screen("form-library_modeladmin_index", (BUREAU,)),
    Screen("form-library_modeladmin_create", (BUREAU,)),
    Screen("form-library_modeladmin_edit", (BUREAU,), lambda site: [site.library_question.pk]),
    Screen("form-library_modeladmin_delete", (BUREAU,), lambda site: [site.library_question.pk]),
    # Submissions
    Screen("submissions_modeladmin_index", (ADMIN, HEAD)),
    Screen("submissions_modeladmin_inspect", (ADMIN, HEAD), lambda site: [site.handed_in[0].pk]),
    Screen("forms_admin_submission_review", (HEAD,), lambda site: [site.handed_in[0].pk]),
    Screen("forms_admin_submission_assign", (HEAD,), lambda site: [site.handed_in[0].pk]),
    # Out
    Screen("forms_exports", (ADMIN, HEAD)),
    Screen("forms_export_start", (ADMIN, HEAD), lambda site: [site.form.slug]),
    *(
        Screen("forms_export", args=lambda site, state=state: [site.exports[state].pk])
        for state in ("running", "done", "failed", "lapsed")
    ),
    Screen("forms_statistics", (ADMIN, HEAD), lambda site: [site.form.slug]),
    # Records
    Screen("records_modeladmin_index", (ADMIN, HEAD)),
    Screen("records_modeladmin_create", (HEAD,), query="?register={site.register.pk}"),
    Screen("records_modeladmin_edit", (HEAD,), lambda site: [site.record.pk]),
    Screen("records_modeladmin_inspect", (ADMIN, HEAD), lambda site: [site.record.pk]),
    Screen("forms_record_merge", (HEAD,), lambda site: [site.record.pk, site.other.pk]),
    Screen("forms_record_transfer", (HEAD,), lambda site: [site.record.pk]),
    Screen("forms_transfer_receive", (HEAD,)),
    Screen("forms_records_import", (HEAD,), lambda site: [site.register.pk]),
    Screen("transfers_modeladmin_index", (ADMIN, HEAD)),
    Screen("transfers_modeladmin_inspect", (HEAD,), lambda site: [site.transfer.pk]),
    Screen("record-imports_modeladmin_index", (HEAD,)),
    Screen("record-imports_modeladmin_inspect", (HEAD,), lambda site: [site.import_.pk]),
    Screen("registers_modeladmin_index"),
    Screen("registers_modeladmin_create"),
    Screen("registers_modeladmin_edit", args=lambda site: [site.register.pk]),
    Screen("registers_modeladmin_delete", args=lambda site: [site.register.pk]),
    Screen("reveals_modeladmin_index"),
    Screen("forms_desk_child", (TEACHER,), lambda site: [site.record.pk]),
]
REFUSED = "refused to everybody"
FORM_NO_SCREENS = {
    "forms_export_status": "JSON for the progress bar",
    "forms_export_file": "a download",
    "forms_page_qr_png": "a download",
    "forms_page_qr_svg": "a download",
    "forms_builder_restore": "a button",
    "forms_builder_state": "a button",
    "forms_xlsform_export": "a download",
    "forms_admin_approve_many": "a button of the list",
    "forms_admin_submission_withdraw": "only for who handed it in",
    "forms_conflict_settle": "a button",
    "forms_import_undo": "a button",
    "forms_merge_undo": "a button",
    "forms_record_state": "a button",
    "forms_records_assign": "a button of the list",
    "forms_records_export": "a download",
    "forms_transfer_cancel": "a button",
    "forms_transfer_decide": "a button",
    **{
        f"{name}_modeladmin_{verb}": REFUSED
        for name, verbs in {
            "record-imports": "create edit delete history",
            "records": "delete history",
            "registers": "history",
            "reveals": "create edit delete history",
            "submissions": "create edit delete history",
            "transfers": "create edit delete history",
        }.items()
        for verb in verbs.split()
    },
}
