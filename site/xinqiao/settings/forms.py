"""The form engine: the keys that sensitive answers are sealed under, and where their files lie."""

from .env import DATA_DIR, env, kept_secret, new_sealing_key

# "id:base64 of 32 bytes", several with commas between, the newest first; see `manage.py rotate_keys`.
FORMS_KEYS: str = kept_secret("FORMS_KEYS", new_sealing_key)
# The key of fingerprints (of id numbers): it stays when the keys above change.
FORMS_BLIND_KEY: str = kept_secret("FORMS_BLIND_KEY", new_sealing_key)
FORMS_FILES = DATA_DIR / "answers"
# ClamAV's daemon, /path/of/socket or host:port: every uploaded file is checked. Empty where there is none.
CLAMD_SOCKET: str = env.str("CLAMD_SOCKET", default="")
# Public forms. How hard a browser works before it hands in without a log-in: so many zero bits of SHA-256 (15 is about
# a second on a phone, each bit more is twice that); 0 asks for no proof at all.
FORMS_CHALLENGE_BITS: int = env.int("FORMS_CHALLENGE_BITS", default=15)
# Nobody hands in sooner than so many seconds after beginning.
FORMS_PUBLIC_MIN_SECONDS: int = env.int("FORMS_PUBLIC_MIN_SECONDS", default=3)
# How many public forms one network address may begin and hand in within an hour; 0 is no limit. A school's parents
# may all come from one address.
FORMS_PUBLIC_STARTS: int = env.int("FORMS_PUBLIC_STARTS", default=600)
FORMS_PUBLIC_SUBMITS: int = env.int("FORMS_PUBLIC_SUBMITS", default=600)
# How often one network address may save public forms within an hour, by script and by button each, and how many files
# it may upload to them; 0 is no limit. Somebody who fills in slowly saves about thirty times.
FORMS_PUBLIC_SAVES: int = env.int("FORMS_PUBLIC_SAVES", default=20_000)
FORMS_PUBLIC_UPLOADS: int = env.int("FORMS_PUBLIC_UPLOADS", default=1200)
