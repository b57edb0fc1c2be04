"""Forms of pages as the admin builds them."""

from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield


def form_of(page, user, parent=None, **changes):
    """The bound editing form of a page: what it would send unchanged, with `changes`."""
    form_class = page.get_edit_handler().get_form_class()
    blank = form_class(instance=page, for_user=user, parent_page=parent)
    data = {}
    for name, field in blank.fields.items():
        value = blank.get_initial_for_field(field, name)
        if hasattr(value, "stream_block"):
            data[name] = _stream(value)
        else:
            value = field.prepare_value(value)
            data[name] = "" if value is None else value
    for name in blank.formsets:
        data[name] = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    data.update(changes)
    return form_class(
        {k: v for k, v in nested_form_data(data).items() if v is not False},
        instance=page,
        for_user=user,
        parent_page=parent,
    )


def _stream(value):
    data = streamfield([(child.block_type, _data(child.value)) for child in value])
    for index, child in enumerate(value):
        data[str(index)]["id"] = child.id or ""
    return data


def _data(value):
    if hasattr(value, "source"):
        return rich_text(value.source)
    if hasattr(value, "items"):
        return {k: _data(v) for k, v in value.items()}
    return getattr(value, "pk", value)


def inline(*rows):
    """An inline formset of new rows."""
    return {
        "TOTAL_FORMS": len(rows),
        "INITIAL_FORMS": 0,
        "MIN_NUM_FORMS": 0,
        "MAX_NUM_FORMS": 1000,
        **{str(index): {"id": "", "ORDER": index + 1, "DELETE": "", **row} for index, row in enumerate(rows)},
    }
