"""Every route of the site, from the resolver, and the addresses to try on each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.models import APIToken, Site, Workflow

from cms.moderation.fence.audience import Audience
from cms.moderation.fence.routes import ADMIN_ROUTES, API_ROUTES
from cms.pages.models import ActivityKind
from tests.cms.tenancy.world import Things

_OWN = {
    Audience.ANYONE: "healthz livez picture wagtaildocs_serve wagtailcore_authenticate_with_password"
    " wagtailcore_login wagtail_serve cms_login cms_account_link cms_desk_logout site_search site_suggest similar_plans"
    " design_page news_feed policy_feed school_feed sitemap_index sitemap_section robots favicon"
    " content-api-docs content-api-preview /api/v1/ /api/v1/openapi.json /api/v1/news /api/v1/news/<int:id>"
    " /api/v1/policies /api/v1/policies/<int:id> /api/v1/plans /api/v1/plans/<int:id> /api/v1/templates"
    " /api/v1/templates/<int:id> /api/v1/schools /api/v1/schools/<int:id> /api/v1/menus /api/v1/settings"
    " /api/v1/topics /api/v1/kinds /api/v1/redirects /api/v1/pages /api/v1/images/<int:id>"
    " /api/v1/documents/<int:id> /api/v1/changes /api/v1/search /api/v1/search/suggest"
    " /api/v1/plans/<int:id>/similar /api/v1/templates/<int:id>/similar"
    " forms_divisions forms_start forms_fill_link forms_short"
    " /api/v1/forms /api/v1/forms/schema /api/v1/forms/<slug> /api/v1/forms/<slug>/drafts",
    Audience.PERSON: "cms_desk cms_desk_password forms_reveal forms_drafts forms_resume forms_fill forms_check"
    " forms_done forms_later forms_discard forms_take_up forms_carry forms_upload forms_answer_file"
    " forms_submissions forms_submission forms_submission_review forms_submission_assign"
    " forms_submission_withdraw forms_submission_pdf forms_desk_child forms_withdraw"
    " forms_found_form forms_found_submission forms_found_record"
    " /api/v1/drafts/<uuidstr:uuid> /api/v1/drafts/<uuidstr:uuid>/files /api/v1/drafts/<uuidstr:uuid>/submit"
    " /api/v1/drafts /api/v1/drafts/<uuidstr:uuid>/challenge /api/v1/drafts/<uuidstr:uuid>/carry"
    " /api/v1/submissions /api/v1/submissions/<uuidstr:uuid> /api/v1/submissions/<uuidstr:uuid>/withdraw",
    Audience.WRITERS: "cms_people_index cms_people_invite cms_people_import cms_people_links cms_person"
    " cms_person_edit cms_person_link cms_person_deactivate cms_person_reactivate cms_person_add_role"
    " cms_role_change cms_role_remove schools_modeladmin_index schools_modeladmin_inspect"
    " schools_modeladmin_edit cms_share_preview cms_start_plan cms_template_changes"
    " cms_plan_rows cms_plan_import cms_plan_import_batch cms_plan_import_status cms_plan_import_confirm"
    " cms_plan_import_undo /api/v1/previews /api/v1/drafts/<int:id>"
    " forms_modeladmin_index forms_modeladmin_create forms_modeladmin_edit forms_modeladmin_delete"
    " forms_builder_preview forms_builder_state forms_builder_copy forms_builder_versions forms_builder_restore"
    " forms_builder_compare form-library_modeladmin_index form-library_modeladmin_create"
    " form-library_modeladmin_edit form-library_modeladmin_delete"
    " forms_exports forms_export_start forms_export forms_export_status forms_export_file forms_statistics"
    " forms_to_review submissions_modeladmin_index submissions_modeladmin_inspect"
    " submissions_modeladmin_history forms_admin_approve_many forms_admin_submission_review"
    " forms_admin_submission_assign forms_admin_submission_withdraw"
    " records_modeladmin_index records_modeladmin_inspect records_modeladmin_edit records_modeladmin_create"
    " records_modeladmin_delete records_modeladmin_history forms_records_assign forms_records_import"
    " forms_records_export forms_record_state forms_record_merge forms_record_transfer forms_merge_undo"
    " forms_conflict_settle forms_transfer_receive forms_transfer_decide forms_transfer_cancel forms_import_undo"
    " transfers_modeladmin_index transfers_modeladmin_inspect transfers_modeladmin_create"
    " transfers_modeladmin_edit transfers_modeladmin_delete transfers_modeladmin_history"
    " record-imports_modeladmin_index record-imports_modeladmin_inspect record-imports_modeladmin_create"
    " record-imports_modeladmin_edit record-imports_modeladmin_delete record-imports_modeladmin_history"
    " forms_xlsform_import forms_xlsform_export forms_public_rules forms_page_qr_svg forms_page_qr_png"
    " cms_search cms_search_export cms_search_save cms_search_saved cms_similar cms_suggest cms_plan_again",
    Audience.OPERATORS: "submissions_modeladmin_create submissions_modeladmin_edit"
    " submissions_modeladmin_delete",
    Audience.ADMINS: "webhooks_modeladmin_index webhooks_modeladmin_create webhooks_modeladmin_edit"
    " webhooks_modeladmin_delete webhooks_modeladmin_inspect webhooks_modeladmin_history webhook_verb"
    " webhook-deliveries_modeladmin_index webhook-deliveries_modeladmin_create webhook_send_again"
    " webhook-deliveries_modeladmin_edit webhook-deliveries_modeladmin_delete"
    " webhook-deliveries_modeladmin_inspect"
    " content-tokens_modeladmin_index content-tokens_modeladmin_create content-tokens_modeladmin_edit"
    " content-tokens_modeladmin_delete content-tokens_modeladmin_history schools_modeladmin_history"
    " schools_modeladmin_create schools_modeladmin_delete"
    " cms_school_import cms_school_close cms_school_merge cms_school_reopen"
    " registers_modeladmin_index registers_modeladmin_create registers_modeladmin_edit registers_modeladmin_delete"
    " registers_modeladmin_history reveals_modeladmin_index reveals_modeladmin_create reveals_modeladmin_edit"
    " reveals_modeladmin_delete reveals_modeladmin_history"
    " search_index search_index_status search_index_verb search_synonyms search_synonym search_synonym_delete"
    " search_gaps search_gap_forget",
}
#: Our own screens and Wagtail's public routes, and the widest circle that may be let in. A new route has to be
#: entered here, after a look at what it shows of another school.
OWN_ROUTES: dict[str, Audience] = {name: who for who, names in _OWN.items() for name in names.split()}


@dataclass(frozen=True)
class Route:
    """A named route and the arguments that its address takes."""

    name: str
    arguments: frozenset[str]
    prefix: str

    @property
    def is_admin(self) -> bool:
        return self.prefix.startswith("admin/")

    @property
    def is_authoring(self) -> bool:
        return self.name.startswith("wagtailapi_v3:")

    @property
    def is_content_api(self) -> bool:
        return self.prefix.startswith("api/v1/")

    def reading(self) -> Audience | None:
        """Return who may read, or nothing when nobody has said so."""
        if self.is_authoring:
            return API_ROUTES.get(self.name, (None, None))[0]
        return ADMIN_ROUTES.get(self.name, OWN_ROUTES.get(self.name))


def all_routes() -> list[Route]:
    """Return each route of the site once. Those of the content API have no names: their paths stand for them."""
    return sorted(set(_walk(get_resolver(), "", "")), key=lambda route: (route.name, sorted(route.arguments)))


def _walk(resolver: URLResolver, space: str, prefix: str) -> Iterator[Route]:
    for item in resolver.url_patterns:
        path = prefix + str(item.pattern)
        if isinstance(item, URLPattern):
            if item.name or path.startswith("api/v1/"):
                yield Route(space + item.name if item.name else f"/{path}", _arguments(item), path)
        else:
            yield from _walk(item, f"{space}{item.namespace}:" if item.namespace else space, path)


def _arguments(item: URLPattern) -> frozenset[str]:
    pattern = item.pattern
    return frozenset(getattr(pattern, "converters", {}) or pattern.regex.groupindex)


#: What a bare `pk` (or `id`) is, by the beginning of the route's name.
def _pk(route: str, things: Things) -> Any:
    table = {
        "wagtailadmin_pages:": things.draft.pk,
        "wagtailadmin_api:pages": things.draft.pk,
        "wagtailadmin_api:images": things.image.pk,
        "wagtailadmin_api:documents": things.document.pk,
        "wagtailimages_chooser": things.image.pk,
        "wagtaildocs_chooser": things.document.pk,
        "wagtailadmin_collections": things.school.media.collection_id,
        "wagtailadmin_workflows": Workflow.objects.first().pk,
        "wagtailsnippet": ActivityKind.objects.first().pk,
        "wagtailsites": Site.objects.first().pk,
        "wagtailsettings": Site.objects.first().pk,
        "wagtailusers_users": things.writer.pk,
        "wagtailusers_groups": Group.objects.get(
            school_group__school=things.school, name__endswith="editor"
        ).pk,
        "wagtailusers_api_tokens": APIToken.objects.filter(user=things.writer).first().pk,
        "wagtailapi_v3:": ActivityKind.objects.first().pk,
        "cms_person": things.writer.pk,
        "cms_role": things.writer.memberships.first().pk,
        "cms_school": things.school.pk,
        "cms_plan_import": things.batch.pk,
        "webhook": 1,
        "search_": 1,
        "cms_similar": things.draft.pk,
        "cms_search_saved": 1,
        "forms_record_": things.records.record.pk,
        "forms_merge": things.records.merge.pk,
        "forms_conflict": things.records.conflict.pk,
        "forms_transfer": things.records.transfer.pk,
        "forms_import": things.records.batch.pk,
        "forms_builder": things.form.pk,
        "forms_export": things.export.pk,
        "forms_public": things.form_page.form_id,
        "forms_page_qr": things.form_page.pk,
        "forms_found_form": things.form.pk,
        "forms_found_submission": things.handed_in.pk,
        "forms_found_record": things.records.record.pk,
    }
    return next(value for start, value in table.items() if route.startswith(start))


def address(route: Route, things: Things) -> str:
    """Return the route's address with the things of one school in it."""
    values = {**_of_wagtail(route.name, things), **_of_ours(route.name, things)}
    if "pk" in route.arguments:
        values["pk"] = _pk(route.name, things)
    if "id" in route.arguments:
        values["id"] = _content_id(route.name, things)
    arguments = {name: values[name] for name in route.arguments}
    if route.name.startswith("/"):
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(arguments[found[1]]), route.name)
    if route.name == "wagtail_serve":
        return f"/{things.draft.url_path.removeprefix('/home/')}"
    return reverse(route.name, kwargs=arguments)


def _of_wagtail(route: str, things: Things) -> dict[str, Any]:
    """Return what stands in addresses of Wagtail."""
    state = things.submitted.current_workflow_state
    page = things.submitted if "workflow" in route else things.draft
    return {
        "page_id": page.pk,
        "page_to_move_id": things.draft.pk,
        "parent_page_id": things.news_index.pk,
        "destination_id": things.news_index.pk,
        "page_pk": things.draft.pk,
        "workflow_pk": state.workflow_id,
        "workflow_state_id": state.pk,
        "task_state_id": state.current_task_state_id,
        "task_id": state.current_task_state.task_id,
        "revision_id": things.draft.latest_revision_id,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "image_id": things.image.pk,
        "document_id": things.document.pk,
        "doc_id": things.document.pk,
        "document_filename": things.document.filename,
        "version": things.image.version,
        "uploaded_file_id": 1,
        "collection_id": things.school.media.collection_id,
        "object_id": things.draft.pk,
        "session_id": 1,
        "redirect_id": 1,
        "site_id": Site.objects.first().pk,
        "page_view_restriction_id": 1,
        "content_type_app_name": "cms",
        "content_type_model_name": "activitynewspage",
        "app_label": "cms",
        "app_name": "cms",
        "model_name": _model(route),
        "action": "delete",
        "action_name": "publish" if route.startswith("wagtailadmin_api") else "approve",
        "filter_spec": "width-100",
        "type": "cms.ActivityKind",
        "type_name": "cms.ActivityNewsPage",
        "uidb64": "x",
        "token": "x",
        "name": "list.webp",
    }


def _of_ours(route: str, things: Things) -> dict[str, Any]:
    """Return what stands in addresses of our own screens."""
    return {
        "instance_pk": _instance(route, things),
        "other": things.records.other.pk,
        "register": things.records.record.register_id,
        "number": 1,
        "old": "1",
        "new": "working",
        "kind": "plan" if route in {"similar_plans", "cms_similar"} else "rss",
        "verb": {"search_index_verb": "compare", "cms_search_saved": "mail"}.get(route, "ping"),
        "suffix": "csv",
        "code": things.form_page.code if route == "forms_short" else things.school.code,
        "section": "news",
        "within": "43",
        "slug": things.filling.version.form.slug,
        "uuid": _uuid(route, things),
        "signed": "x",
        "step": "first",
        "roster": "entry",
        "item": things.filling.answers.items("entry")[0],
        "inner": "x",
        "inner_item": "x",
    }


def _instance(route: str, things: Things) -> Any:
    """Return the thing that a screen of modeladmin is about."""
    table = {
        "content-tokens": things.api_token.pk,
        "submissions": things.handed_in.pk,
        "forms": things.form.pk,
        "form-library": things.library_question.pk,
        "records": things.records.record.pk,
        "transfers": things.records.transfer.pk,
        "record-imports": things.records.batch.pk,
        "registers": things.records.record.register_id,
    }
    return table.get(route.split("_modeladmin", maxsplit=1)[0], things.school.pk)


def _uuid(route: str, things: Things) -> Any:
    if route == "forms_answer_file":
        return things.answer_file.pk
    if route == "forms_desk_child":
        return things.records.record.pk
    return things.handed_in.pk if "submission" in route else things.filling.pk


def _content_id(route: str, things: Things) -> int:
    table = {
        "schools": things.school.pk,
        "images": things.image.pk,
        "documents": things.document.pk,
        "plans": things.plan.pk,
    }
    return table.get(route.split("/")[3], things.draft.pk)


def _model(route: str) -> str:
    if route.startswith("wagtailsettings"):
        return "bureausettings"
    if route == "wagtailadmin_tag_model_autocomplete":
        return "tag"
    return "groupapprovaltask" if route.startswith("wagtailadmin_workflows") else "activitynewspage"


def with_parameters(route: Route, things: Things) -> list[str]:
    """Return further addresses of the route: what its parameters can ask for."""
    page, image, document = things.draft.pk, things.image.pk, things.document.pk
    record = things.records.record
    queries = {
        "forms_records_assign": [f"records={record.pk}"],
        "records_modeladmin_index": [
            "state=all&q=孩子",
            f"school={things.school.pk}",
            "property=class&value=班",
        ],
        "records_modeladmin_create": [f"register={record.register_id}"],
        "forms_records_export": [f"school={things.school.pk}&state=all"],
        "wagtailadmin_choose_page_chosen_multiple": [f"id={page}&id={things.plan.pk}"],
        "wagtailadmin_choose_page_search": ["q=草稿", "q=计划", "q=未发布", "q=公开"],
        "wagtailadmin_choose_page": ["page_type=cms.PlanPage", "page_type=cms.ActivityNewsPage&multiple=1"],
        "wagtailadmin_pages:search": ["q=草稿"],
        "wagtailadmin_pages:search_results": ["q=草稿", "q=计划", "q=未发布", "q=公开"],
        "wagtailimages_chooser:chosen_multiple": [f"id={image}"],
        "wagtaildocs_chooser:chosen_multiple": [f"id={document}"],
        "wagtailimages_chooser:choose_results": ["q=照片"],
        "wagtaildocs_chooser:choose_results": ["q=文件"],
        "wagtailimages:index_results": ["q=照片"],
        "wagtaildocs:index_results": ["q=文件"],
        "wagtail_bulk_action": [f"id={page}", f"id=all&childOf={things.news_index.pk}"],
        "wagtailadmin_tag_autocomplete": ["term=标签"],
        "wagtailadmin_api:pages:listing": [f"child_of={things.news_index.pk}", "search=草稿"],
        "wagtailapi_v3:list_pages": [
            "search=草稿",
            f"child_of={things.news_index.pk}",
            "type=cms.PlanPage",
        ],
        "wagtailapi_v3:find_page": [
            f"id={page}",
            f"html_path={things.school.page.url}news/{things.draft.slug}/",
        ],
        "wagtailapi_v3:list_images": ["search=照片"],
        "/api/v1/news": ["q=草稿", f"school={things.school.code}"],
        "site_search": ["q=草稿", "q=新标题"],
        "cms_search": ["q=草稿", "q=计划", "q=公开"],
        "cms_suggest": ["q=草稿", "q=计划"],
        "cms_search_export": ["q=草稿", "q=计划"],
        "wagtailapi_v3:list_documents": ["search=文件"],
    }
    return [f"{address(route, things)}?{query}" for query in queries.get(route.name, [])]
