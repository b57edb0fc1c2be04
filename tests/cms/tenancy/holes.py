"""The holes of stock Wagtail between schools: who would come through, and which fences stand before each."""

from __future__ import annotations

import pytest

from cms.moderation.fence.audience import Audience
from cms.moderation.fence.choosers import choosable_pages
from cms.pages.forms.base import BasePageForm
from search.engines.embedded_match import match_expression
from tests.cms.tenancy.attacks import furniture, media, pages, publishing
from tests.cms.tenancy.attacks.base import DRAFT, Attack, opens, shows
from tests.cms.tenancy.fences import (
    AUDIENCES,
    DRAFT_TITLES,
    NAMES,
    OBJECTS,
    REFERENCES,
    TOKEN,
    Fence,
    action,
    hook,
    no_page_right,
    no_right,
    replaced,
    route,
    rule,
    setting,
    stock,
)
from tests.cms.tenancy.world import CANARY, World

TITLE = f"新标题{CANARY}"
V3 = "wagtailapi_v3:"
IMAGES, DOCUMENTS = "wagtail.images.api.v3.router", "wagtail.documents.api.v3.router"
OWN_MEDIA = stock(IMAGES, "get_images_queryset"), stock(DOCUMENTS, "get_documents_queryset")


def both(*fences: Fence) -> Fence:
    """Several places that are one fence."""

    def remove(patch: pytest.MonkeyPatch, world: World) -> None:
        for fence in fences:
            fence(patch, world)

    return remove


def everybodys_access(plan, access, filters, **more):
    return match_expression(plan, ["public", "bureau"], filters, **more)


PLACE = replaced("cms.pages.models.BasePage.school_id_by_place", lambda page: page.school_id)
PUBLISH = no_page_right("publish")
CHOOSER = hook("construct_page_chooser_queryset", choosable_pages)


def own_plans(patch: pytest.MonkeyPatch, world: World) -> None:
    """The form of news offers the plans of its school alone."""
    patch.setattr(BasePageForm, "school_id", world.b.school.pk)


#: Hole -> (attack, the fences that close it).
HOLES: dict[str, tuple[Attack, list[Fence]]] = {
    # Page chooser and titles.
    "chooser-browse": (
        shows("wagtailadmin_choose_page_child", lambda w: w.b.news_index.pk, word=DRAFT),
        [OBJECTS, CHOOSER],
    ),
    "chooser-parent": (
        shows("wagtailadmin_choose_page_child", lambda w: w.b.draft.pk, word=DRAFT),
        [OBJECTS],
    ),
    "chooser-search": (pages.search_others_drafts, [CHOOSER]),
    "chooser-chosen": (
        shows("wagtailadmin_choose_page_chosen_multiple", word=DRAFT, id=lambda w: w.b.draft.pk),
        [OBJECTS, DRAFT_TITLES],
    ),
    "draft-titles": (pages.read_an_unpublished_title_of_the_bureau, [DRAFT_TITLES]),
    # Media: choosers, usage, lists, files.
    "tags": (shows("wagtailimages:index"), [stock("wagtail.admin.filters", "popular_tags_for_model")]),
    "tags-chooser": (
        shows("wagtailimages_chooser:choose"),
        [stock("wagtail.images.views.chooser", "popular_tags_for_model")],
    ),
    "tags-typed": (
        shows("wagtailadmin_tag_autocomplete", term="标签"),
        [route("wagtailadmin_tag_autocomplete")],
    ),
    "names": (shows("wagtailadmin_explore", lambda w: w.a.news_index.pk), [NAMES]),
    "images-listed": (media.list_uploads("images"), [OWN_MEDIA[0]]),
    "documents-listed": (media.list_uploads("documents"), [OWN_MEDIA[1]]),
    "uploads-anonymous": (media.list_uploads_without_a_token, [TOKEN, both(*OWN_MEDIA)]),
    "pages-anonymous": (media.list_pages_without_a_token, [TOKEN]),
    "images-admin-api": (
        shows("wagtailadmin_api:images:listing"),
        [route("wagtailadmin_api:images:listing")],
    ),
    "files": (media.open_anothers_file, [replaced("cms.media.views._may_see_hidden", lambda *_: True)]),
    "public-picture-deleted": (
        media.delete_a_public_picture,
        [replaced("cms.media.permissions.user_can_change_what_is_shown", lambda *_: True)],
    ),
    "public-picture-replaced": (
        media.replace_a_public_picture,
        [replaced("cms.media.forms.user_can_change_what_is_shown", lambda *_: True)],
    ),
    # What a page belongs to and points to.
    "school-by-place": (
        pages.name_another_school_in_a_new_page,
        [PLACE],
    ),
    "school-after-move": (pages.keep_the_school_over_a_move, [PLACE]),
    "picture-by-id": (pages.edit_with("picture", lambda w: w.b.image.pk), [REFERENCES]),
    "plan-by-id": (pages.edit_with("related_plan", lambda w: w.b.plan.pk), [REFERENCES, own_plans]),
    "link": (pages.link_to_a_draft_of_b, [REFERENCES]),
    # Other screens of Wagtail's that look at no page's rights.
    "bulk": (pages.name_a_page_in_a_bulk_action, [OBJECTS]),
    "report-types": (
        shows("wagtailadmin_reports:page_types_usage", word=TITLE),
        [route("wagtailadmin_reports:page_types_usage")],
    ),
    "modeladmin-history": (
        opens("content-tokens_modeladmin_history", lambda w: w.b.api_token.pk),
        [
            replaced("cms.moderation.fence.middleware.audience_of", lambda _: Audience.STAFF),
            replaced("cms.modeladmin_history.RecordHistory.check_action_permitted", lambda *_: True),
        ],
    ),
    "default-groups": (furniture.enter_by_a_default_group, [AUDIENCES]),
    # Word lists, redirects.
    "word-add": (
        furniture.add_a_word_by_the_api,
        [route(f"{V3}list_snippets"), no_right("cms.add_activitykind")],
    ),
    "word-edit": (
        furniture.edit_a_word,
        [route("wagtailsnippets_cms_activitykind:edit"), no_right("cms.change_activitykind")],
    ),
    "word-delete": (
        furniture.delete_a_word,
        [route("wagtailsnippets_cms_activitykind:delete"), no_right("cms.delete_activitykind")],
    ),
    "redirect-edit": (
        furniture.bend_a_redirect,
        [route("wagtailredirects:edit"), no_right("wagtailredirects.change_redirect")],
    ),
    "redirect-api": (
        furniture.bend_a_redirect_by_the_api,
        [route(f"{V3}detail_redirect"), no_right("wagtailredirects.change_redirect")],
    ),
    "redirect-list": (furniture.read_redirects, [route(f"{V3}list_redirects")]),
    # People, tokens, sites, workflows.
    "tokens": (
        furniture.mint_a_token,
        [route("wagtailusers_api_tokens:add"), no_right("wagtailcore.add_apitoken", "cms.change_user")],
    ),
    "users": (furniture.make_a_user, [route("wagtailusers_users:add"), no_right("cms.add_user")]),
    "groups": (
        opens("wagtailusers_groups:index"),
        [route("wagtailusers_groups:index"), no_right("auth.change_group")],
    ),
    "workflows": (
        furniture.switch_the_workflow_off,
        [route("wagtailadmin_workflows:disable"), no_right("wagtailcore.delete_workflow")],
    ),
    "settings": (
        furniture.open_the_settings,
        [route("wagtailsettings:edit"), no_right("cms.change_bureausettings")],
    ),
    "sites": (
        opens("wagtailsites:index"),
        [route("wagtailsites:index"), no_right("wagtailcore.change_site")],
    ),
    # Publishing.
    "publish-api": (publishing.publish_by_the_api, [PUBLISH]),
    "publish-edit": (publishing.publish_while_writing, [PUBLISH]),
    "publish-admin": (publishing.publish_in_the_editor, [PUBLISH]),
    "publish-bulk": (publishing.publish_in_bulk, [PUBLISH]),
    "publish-copy": (publishing.publish_a_copy, [PUBLISH]),
    "publish-alias": (publishing.publish_an_alias, [PUBLISH]),
    "publish-move": (publishing.move_a_public_page, [PUBLISH]),
    "unpublish": (publishing.take_a_page_off, [PUBLISH]),
    "delete-public": (publishing.delete_a_public_page, [PUBLISH]),
    "schedule": (
        publishing.set_the_hour_of_publication,
        [replaced("cms.pages.forms.base.BUREAU_FIELDS", ())],
    ),
    "public-alias": (publishing.take_over_a_public_alias, [rule("can_edit")]),
    "submission": (publishing.publish_over_a_submission, [rule("can_publish")]),
    "lock-publish": (publishing.past_anothers_lock("publish", "draft"), [rule("can_publish")]),
    "lock-delete": (publishing.past_anothers_lock("delete"), [rule("can_delete")]),
    "lock-move": (
        publishing.past_anothers_lock("move", body=publishing.to_the_top),
        [rule("can_move_to"), rule("can_delete")],
    ),
    "lock-move-superuser": (
        publishing.past_anothers_lock("move", body=publishing.to_the_top, role="superuser"),
        [rule("can_move_to")],
    ),
    "lock-revert": (
        publishing.past_anothers_lock("revert", body=publishing.first_version),
        [action("revert")],
    ),
    "lock-alias": (publishing.convert_a_locked_alias, [action("convert_alias")]),
    # The site.
    "host": (furniture.enter_by_another_host, [setting("ALLOWED_HOSTS", ["*"])]),
    "search": (
        furniture.find_drafts_from_outside,
        [replaced("search.engines.embedded_read.match_expression", everybodys_access)],
    ),
}

#: What Wagtail 8.0.1 itself refuses: the attack fails even with our fences gone.
WAGTAILS_OWN: dict[str, tuple[Attack, list[Fence]]] = {
    "explorer-edit-history": (pages.open_a_page_of_b, [OBJECTS, DRAFT_TITLES]),
    "explorer-search": (pages.find_a_page_of_b, [OBJECTS, DRAFT_TITLES]),
    "site-history": (
        shows("wagtailadmin_reports:site_history", word=DRAFT),
        [route("wagtailadmin_reports:site_history"), DRAFT_TITLES, NAMES],
    ),
    "compare": (pages.compare_versions_of_b, [OBJECTS, DRAFT_TITLES]),
    "editing-session": (pages.ping_on_anothers_page, [OBJECTS]),
    "api-read": (pages.read_a_page_of_b, [OBJECTS]),
    "api-write": (pages.write_a_page_of_b, [OBJECTS]),
    "media-edit": (shows("wagtailimages:edit", lambda w: w.b.image.pk), [OBJECTS]),
    "media-chosen": (shows("wagtailimages_chooser:chosen", lambda w: w.b.image.pk), [OBJECTS]),
    "document-chosen": (shows("wagtaildocs_chooser:chosen", lambda w: w.b.document.pk), [OBJECTS]),
    "media-usage": (shows("wagtailimages:image_usage", lambda w: w.b.image.pk), [OBJECTS]),
    "document-usage": (shows("wagtaildocs:document_usage", lambda w: w.b.document.pk), [OBJECTS]),
    "media-chosen-many": (
        shows("wagtailimages_chooser:chosen_multiple", id=lambda w: w.b.image.pk),
        [OBJECTS],
    ),
    "upload-into-b": (media.upload_into_b, [OBJECTS]),
    "picture-into-b": (media.move_a_picture_to_b, [OBJECTS]),
    "lock-unpublish": (publishing.past_anothers_lock("unpublish"), []),
    "media-folder": (media.open_a_file_past_the_view, []),
}
