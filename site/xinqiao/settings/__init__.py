"""Settings of the site, one file a concern. The table of variables is docs/settings.md."""

from .api import *
from .core import *
from .data import *
from .forms import *
from .security import *
from .wagtail import *
