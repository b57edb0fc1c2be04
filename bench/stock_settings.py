"""Settings of the comparison: the site's own, with the stock API alone."""

from xinqiao.settings import *  # noqa: F403

ROOT_URLCONF = "bench.stock_urls"
