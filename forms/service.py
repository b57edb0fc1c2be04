"""The door of the app: what other apps may import from forms."""

from forms.packs.demo import load_forms_demo
from forms.public.demo import load_public_demo

__all__ = ["load_forms_demo", "load_public_demo"]
