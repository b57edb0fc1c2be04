"""Forms of the account desk. They offer what the user may give; the actions check it again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.auth import LoginForm, PasswordResetForm

from cms.people.models import BUREAU_ROLES, SCHOOL_ROLES, Role, User
from cms.people.permissions import address_opens_account, school_ids_of, user_is_bureau_admin
from cms.schools.models import School

PHONE = RegexValidator(r"^\+?[0-9][0-9 -]{4,18}$", gettext_lazy("Enter digits, for example 13800001234."))


def roles_user_gives(user: Any, school_only: bool = False) -> list[tuple[str, str]]:
    """Return the choices of roles that the user may give somewhere."""
    wanted = SCHOOL_ROLES if school_only or not user_is_bureau_admin(user) else SCHOOL_ROLES | BUREAU_ROLES
    return [(value, str(label)) for value, label in Role.choices if value in wanted]


def schools_user_gives_roles_in(user: Any) -> Any:
    """Return the open schools into which the user may bring people."""
    schools = School.objects.open()
    if user_is_bureau_admin(user):
        return schools
    return schools.filter(pk__in=school_ids_of(user, Role.SCHOOL_HEAD))


class PersonForm(forms.Form):
    """Name, phone and e-mail."""

    name = forms.CharField(label=gettext_lazy("full name"), max_length=30)
    phone = forms.CharField(
        label=gettext_lazy("phone"),
        max_length=20,
        required=False,
        validators=[PHONE],
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(label=gettext_lazy("e-mail"), required=False)


class RoleForm(forms.Form):
    """A role and where: a head with one school is not asked for the school."""

    role = forms.ChoiceField(label=gettext_lazy("role"))
    school = forms.ModelChoiceField(
        School.objects.none(),
        label=gettext_lazy("school"),
        required=False,
        empty_label=gettext_lazy("Bureau"),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = schools_user_gives_roles_in(user)
        cast("forms.ChoiceField", self.fields["role"]).choices = roles_user_gives(user)
        school = cast("forms.ModelChoiceField", self.fields["school"])
        school.queryset = schools
        if not user_is_bureau_admin(user):
            school.required, school.empty_label = True, None
            school.initial = schools.first()
            if len(schools) == 1:
                school.widget = forms.HiddenInput()


class InviteForm(PersonForm, RoleForm):
    """A new person with one role."""

    field_order = ["name", "role", "school", "phone", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("The invitation is mailed there. Without it you hand over a link.")


class NewPasswordForm(forms.Form):
    """A password, twice. The person is told who checks it: the same rules as everywhere."""

    password = forms.CharField(
        label=gettext_lazy("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("New password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def rules(self) -> list[str]:
        """Return the rules for passwords, one sentence each."""
        return password_validation.password_validators_help_texts()

    def clean_again(self) -> str:
        again = self.cleaned_data["again"]
        if again and again != self.cleaned_data.get("password", again):
            raise ValidationError(_("The two passwords differ."))
        return again


class RoleLoginForm(LoginForm):
    """Wagtail's form with labels in Chinese and no placeholders: they vanish when one needs them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, hint in (
            ("username", _("user name"), "username"),
            ("password", _("Password"), "current-password"),
        ):
            self.fields[name].label = label
            self.fields[name].widget.attrs.pop("placeholder", None)
            self.fields[name].widget.attrs["autocomplete"] = hint


class MailedResetForm(PasswordResetForm):
    """Forgotten passwords: mails a link only where the address may open the account, and says nothing of it."""

    def get_users(self, email: str) -> Iterator[User]:
        return (person for person in super().get_users(email) if address_opens_account(person))
