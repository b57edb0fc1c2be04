"""Registers and what is known of each record in them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from forms.registers.properties import Schema, schema_of


class Register(models.Model):
    """A register (台账) and the properties of its records.

    `properties` is a list of `forms.registers.properties.Property`; `schema` reads it.
    """

    name = models.SlugField(_("name"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=120)
    #: What one record is called: 儿童.
    record_name = models.CharField(_("one record is called"), max_length=40)
    properties = models.JSONField(_("properties"), default=list)
    pack = models.CharField(max_length=60, blank=True, editable=False)

    class Meta:
        verbose_name = _("register")
        verbose_name_plural = _("registers")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse properties that cannot be read, naming them."""
        try:
            schema_of(self)
        except ValidationError as error:
            raise ValidationError({"properties": error.messages}) from error

    @property
    def schema(self) -> Schema:
        """Return the properties. Raises ValidationError when they are unfit."""
        return schema_of(self)
