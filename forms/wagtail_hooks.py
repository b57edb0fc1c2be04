"""Hooks of every area, for Wagtail to find. Each area keeps its own in `hooks.py`."""

import forms.builder.hooks
import forms.out.hooks
import forms.public.hooks
import forms.registers.hooks
import forms.submissions.hooks
import forms.xlsform.hooks  # noqa: F401
from forms.builder.menu import register_form_menu

register_form_menu()
