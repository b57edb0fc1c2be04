"""Every route of Wagtail's admin and of its authoring API, and who may enter it.

A route that is not named here is for superusers alone: what a later version of Wagtail adds is closed until
somebody has looked at it. Our own screens check their rights themselves; the tenancy test names them.
"""

from __future__ import annotations

from cms.moderation.fence.audience import Audience

_ADMIN: dict[Audience, dict[str, str]] = {
    Audience.ANYONE: {
        "": "wagtailadmin_login wagtailadmin_logout wagtailadmin_sprite wagtailadmin_javascript_catalog"
        " wagtailadmin_password_reset wagtailadmin_password_reset_done wagtailadmin_password_reset_confirm"
        " wagtailadmin_password_reset_complete",
    },
    Audience.STAFF: {
        "": "wagtailadmin_home wagtailadmin_account wagtailadmin_dismissibles",
        "wagtail_modeladmin:": "javascript_catalog",
        "wagtailadmin_editing_sessions:": "ping release",
    },
    Audience.WRITERS: {
        "": "wagtailadmin_explore_root wagtailadmin_explore wagtailadmin_explore_results wagtail_bulk_action"
        " wagtailadmin_choose_page wagtailadmin_choose_page_child wagtailadmin_choose_page_search"
        " wagtailadmin_choose_page_chosen_multiple wagtailadmin_choose_page_external_link"
        " wagtailadmin_choose_page_email_link wagtailadmin_choose_page_phone_link"
        " wagtailadmin_choose_page_anchor_link wagtailadmin_block_preview",
        "wagtailadmin_api:pages:": "listing detail find",
        "wagtailadmin_pages:": "add preview_on_add usage edit preview_on_edit view_draft add_subpage"
        " delete unpublish convert_alias search search_results move move_confirm set_page_position copy"
        " workflow_action collect_workflow_action_data confirm_workflow_cancellation workflow_preview"
        " set_privacy lock unlock"
        " revisions_index revisions_view revisions_revert revisions_unschedule revisions_compare"
        " workflow_history workflow_history_detail history history_results",
        "wagtaildocs:": "index index_results add edit delete add_multiple edit_multiple document_usage"
        " create_multiple_from_uploaded_document delete_multiple delete_upload_multiple",
        "wagtaildocs_chooser:": "choose choose_results chosen chosen_multiple create",
        "wagtailimages:": "index index_results edit delete url_generator url_generator_output preview add"
        " image_usage add_multiple edit_multiple create_multiple_from_uploaded_image delete_multiple"
        " delete_upload_multiple",
        "wagtailimages_chooser:": "choose choose_results chosen chosen_multiple create select_format",
        "wagtailsnippetchoosers_cms_topic:": "choose choose_results chosen chosen_multiple",
        "wagtailsnippetchoosers_cms_activitykind:": "choose choose_results chosen chosen_multiple",
    },
    Audience.BUREAU: {
        "": "wagtailadmin_tag_autocomplete wagtailadmin_tag_model_autocomplete",
        "wagtailadmin_pages:": "type_use type_use_results choose_parent",
        "wagtailadmin_api:documents:": "listing detail find",
        "wagtailadmin_api:images:": "listing detail find",
        "wagtailadmin_reports:": "locked_pages locked_pages_results workflow workflow_results workflow_tasks"
        " workflow_tasks_results site_history site_history_results aging_pages aging_pages_results"
        " page_types_usage page_types_usage_results",
    },
    Audience.EDITORS: {
        "wagtailadmin_api:pages:": "action",
        "wagtailsnippets:": "index",
        "wagtailsnippets_cms_topic:": "list list_results add edit delete usage history history_results copy",
        "wagtailsnippetchoosers_cms_topic:": "create",
        "wagtailsnippets_cms_activitykind:": "list list_results add edit delete usage history history_results"
        " copy",
        "wagtailsnippetchoosers_cms_activitykind:": "create",
    },
    Audience.ADMINS: {
        "wagtailsettings:": "edit preview_on_edit",
        "wagtailredirects:": "index index_results add edit delete start_import process_import",
    },
    Audience.OPERATORS: {
        "": "wagtailadmin_error_test -",
        "wagtailembeds:": "chooser chooser_upload",
        "wagtailadmin_collections:": "index add edit delete set_privacy",
        "wagtailadmin_workflows:": "index index_results add enable disable edit usage usage_results remove"
        " add_task select_task_type task_index task_index_results edit_task disable_task enable_task "
        " task_chooser task_chooser_results task_chooser_create task_chosen",
        "wagtailsites:": "index index_results add edit delete history history_results usage copy",
        "wagtailusers_users:": "index index_results add edit delete history history_results usage copy",
        "wagtailusers_groups:": "index index_results add edit delete history history_results usage",
        "wagtailusers_api_tokens:": "index index_results add edit delete history history_results usage",
    },
}

#: Route of the admin -> who may enter.
ADMIN_ROUTES: dict[str, Audience] = {
    prefix + name: audience
    for audience, groups in _ADMIN.items()
    for prefix, names in groups.items()
    for name in names.split()
}

_API: dict[tuple[Audience, Audience], str] = {
    (Audience.STAFF, Audience.OPERATORS): "whoami api-root",
    (Audience.WRITERS, Audience.OPERATORS): "openapi-json openapi-view list_schemas get_schema_for_type",
    (Audience.WRITERS, Audience.WRITERS): "list_pages create_page find_page detail_page update_page"
    " delete_page list_page_revisions detail_page_revision pages_actions_publish pages_actions_unpublish"
    " pages_actions_copy pages_actions_move pages_actions_delete pages_actions_revert"
    " pages_actions_convert_alias pages_actions_create_alias list_documents"
    " create_document detail_document update_document delete_document list_images create_image"
    " detail_image update_image delete_image",
    (Audience.WRITERS, Audience.EDITORS): "list_snippets create_snippet detail_snippet update_snippet"
    " delete_snippet list_snippet_revisions detail_snippet_revision snippets_actions_delete"
    " snippets_actions_publish snippets_actions_unpublish snippets_actions_revert",
    (Audience.ADMINS, Audience.ADMINS): "list_redirects create_redirect find_redirect detail_redirect"
    " update_redirect delete_redirect",
    (Audience.OPERATORS, Audience.OPERATORS): "list_sites create_site detail_site update_site delete_site"
    " pages_actions_copy_for_translation snippets_actions_copy_for_translation",
}

#: Route of the authoring API -> who may read it, who may write to it.
API_ROUTES: dict[str, tuple[Audience, Audience]] = {
    f"wagtailapi_v3:{name}": audiences for audiences, names in _API.items() for name in names.split()
}
CLOSED = (Audience.OPERATORS, Audience.OPERATORS)
