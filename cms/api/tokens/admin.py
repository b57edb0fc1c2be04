"""Tokens in Wagtail's admin: the bureau administrator lists, makes and revokes them; nobody edits one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail_modeladmin.helpers import ButtonHelper, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import CreateView, DeleteView

from cms.api.tokens.actions import DEFAULT_DAYS, MAX_DAYS, CreateToken, RevokeToken, user_can_manage_tokens
from cms.api.tokens.models import ApiToken, Scope
from cms.findable.lists import FoldingSearchHandler
from cms.form_errors import put_errors
from cms.modeladmin_history import RecordHistory
from cms.people.models import User
from cms.schools.models import School


class TokenForm(forms.Form):
    """What a new token is: its program, its person, what it may do, and until when."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=80, help_text=gettext_lazy("Which program uses it.")
    )
    user = forms.ModelChoiceField(
        label=gettext_lazy("in the name of"),
        queryset=User.objects.filter(is_active=True, is_superuser=False).order_by("username"),
        empty_label=gettext_lazy("Choose a person"),
        help_text=gettext_lazy("The token never allows more than this person may do."),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("scopes"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    school = forms.ModelChoiceField(
        label=gettext_lazy("only for the school"),
        queryset=School.objects.all(),
        required=False,
        empty_label=gettext_lazy("bureau and all schools"),
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days until it expires"), initial=DEFAULT_DAYS, min_value=1, max_value=MAX_DAYS
    )


class TokenPermissionHelper(PermissionHelper):
    """Everything for the bureau administrator, nothing for others; a token is never edited."""

    def user_can_list(self, user: Any) -> bool:
        return user_can_manage_tokens(user)

    def user_can_create(self, user: Any) -> bool:
        return user_can_manage_tokens(user)

    def user_can_inspect_obj(self, user: Any, obj: ApiToken) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: ApiToken) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: ApiToken) -> bool:
        return user_can_manage_tokens(user) and obj.revoked_at is None


class TokenButtons(ButtonHelper):
    """A token is revoked, not deleted."""

    def delete_button(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().delete_button(*args, **kwargs),
            "label": _("Revoke"),
            "title": _("Revoke the token"),
        }


class TokenCreate(CreateView):
    """Makes a token through `CreateToken` and shows its key, this once."""

    template_name = "cms/admin/tokens/create.html"

    def get_template_names(self) -> list[str]:
        return [self.template_name]

    def get_form(self) -> Any:
        return TokenForm(self.request.POST or None)

    def get_context_data(self, form: Any = None, **kwargs: Any) -> dict[str, Any]:
        form = form or self.get_form()
        # Past the model form's context: this form is none.
        return super(CreateView.__mro__[1], self).get_context_data(form=form, media=form.media, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        values = {**form.cleaned_data}
        try:
            token, key = CreateToken(owner=values.pop("user"), user=self.request.user, **values).execute()
        except ValidationError as error:
            put_errors(form, error)
            return self.form_invalid(form)
        response = self.render_to_response(self.get_context_data(form=form, token=token, key=key))
        response.headers["Cache-Control"] = "no-store"
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, self.get_error_message())
        return self.render_to_response(self.get_context_data(form=form))


class TokenRevoke(DeleteView):
    """Revokes through `RevokeToken`; the row stays."""

    page_title = gettext_lazy("Revoke")

    def confirmation_message(self) -> str:
        return _("Programs that use this token will be refused at once. This cannot be undone.")

    def delete_instance(self) -> None:
        RevokeToken(self.instance, user=self.request.user).execute()


class TokenAdmin(ModelAdmin):
    """The list of tokens."""

    model = ApiToken
    base_url_path = "content-tokens"
    menu_label = gettext_lazy("API tokens")
    menu_icon = "key"
    add_to_settings_menu = True
    permission_helper_class = TokenPermissionHelper
    button_helper_class = TokenButtons
    history_view_class = RecordHistory
    list_display = (
        "name",
        "user",
        "scope_names",
        "school",
        "prefix",
        "expires_at",
        "last_used_at",
        "revoked_at",
    )
    list_select_related = ("user", "school")
    search_fields = ("name", "prefix")
    search_handler_class = FoldingSearchHandler
    create_view_class = TokenCreate
    delete_view_class = TokenRevoke

    def scope_names(self, token: ApiToken) -> str:
        return "、".join(str(Scope(scope).label) for scope in token.scopes if scope in Scope.values)

    scope_names.short_description = gettext_lazy("scopes")  # type: ignore[attr-defined]

    def get_permissions_for_registration(self) -> Any:
        """Offer none in Wagtail's group form: rights over tokens come from roles alone."""
        return Permission.objects.none()
