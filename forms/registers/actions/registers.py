"""Registers themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from forms.registers.models import Record, Register
from forms.registers.permissions import user_can_manage_registers


@dataclass
class SaveRegister:
    """Make a register or change it (保存台账). `user=None` is the operator or a pack.

    A property that records have may get another label; its type stays, and it does not go, while there are records.
    Raises ValidationError, PermissionDenied.
    """

    register: Register
    user: Any = None

    @transaction.atomic
    def execute(self) -> Register:
        if self.user is not None and not user_can_manage_registers(self.user):
            raise PermissionDenied
        is_new = self.register.pk is None
        self.register.full_clean()
        if not is_new:
            self._refuse_loss(Register.objects.select_for_update().get(pk=self.register.pk))
        self.register.save()
        log(instance=self.register, action="wagtail.create" if is_new else "wagtail.edit", user=self.user)
        return self.register

    def _refuse_loss(self, before: Register) -> None:
        if before.name != self.register.name:
            raise ValidationError({"name": _("Forms know the register by its name: it stays.")})
        if not Record.objects.filter(register=before).exists():
            return
        now = self.register.schema.properties
        for old in before.schema.properties.values():
            new = now.get(old.name)
            if new is None or new.type != old.type:
                text = _("Records have “%(label)s”: it can neither go nor become another type.")
                raise ValidationError({"properties": text % {"label": old.label}})
