"""Settings of the comparison: the site's own, with the stock API alone."""

from xinqiao.settings import *

ROOT_URLCONF = "bench.stock_urls"
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith(("cms.", "xinqiao."))]
