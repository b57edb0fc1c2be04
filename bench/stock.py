"""The same site with nothing but Wagtail's stock v3 API: the WSGI entry of the comparison."""

import os
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent), str(Path(__file__).parent.parent / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.stock_settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
