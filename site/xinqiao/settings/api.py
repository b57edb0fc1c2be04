"""The content API: how many requests a client may make, how long a preview lives."""

from .env import env

#: Requests a client may make in API_RATE_WINDOW seconds; 0 is no limit.
API_RATE_ANONYMOUS = env.int("API_RATE_ANONYMOUS", default=6000)
API_RATE_TOKEN = env.int("API_RATE_TOKEN", default=12000)
API_RATE_WINDOW = env.int("API_RATE_WINDOW", default=60)
#: How many proxies of ours add to X-Forwarded-For; 0 trusts nobody's.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
PREVIEW_HOURS = env.int("PREVIEW_HOURS", default=72)
