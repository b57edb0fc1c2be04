"""What a browser would send back from a page's edit form."""

from django.utils.datastructures import MultiValueDict
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.api.v3.form_data import flatten_block_value
from wagtail.blocks.base import BlockField


def form_data(page, user) -> dict[str, str]:
    """Return the POST data of the untouched form of the page's newest draft."""
    draft = page.get_latest_revision_as_object()
    form = draft.get_edit_handler().get_form_class()(instance=draft, for_user=user)
    data = _fields(form)
    for name, formset in form.formsets.items():
        count = str(len(formset.forms))
        data |= {f"{name}-TOTAL_FORMS": count, f"{name}-INITIAL_FORMS": count}
        for child in formset.forms:
            data |= _fields(child)
    return data


def _fields(form: WagtailAdminModelForm) -> dict[str, str]:
    data: dict[str, str] = {}
    for bound in form:
        if isinstance(bound.field, BlockField):
            data |= _stream(bound.field.block, bound.value(), bound.html_name)
        elif bound.value() not in (None, False):
            value = bound.value()
            value = str(value) if isinstance(value, int) else bound.field.widget.format_value(value)
            data[bound.html_name] = value if value is not None else ""
    return data


def _stream(block, value, prefix) -> dict[str, str]:
    data = MultiValueDict()
    flatten_block_value(block, block.get_api_representation(value), prefix, data)
    return {name: getattr(value, "pk", value) for name, value in data.items()}
