"""The form engine: the keys that sensitive answers are sealed under, and where their files lie."""

from .env import DATA_DIR, env, kept_secret, new_sealing_key

# "id:base64 of 32 bytes", several with commas between, the newest first; see `manage.py rotate_keys`.
FORMS_KEYS: str = kept_secret("FORMS_KEYS", new_sealing_key)
# The key of fingerprints (of id numbers): it stays when the keys above change.
FORMS_BLIND_KEY: str = kept_secret("FORMS_BLIND_KEY", new_sealing_key)
FORMS_FILES = DATA_DIR / "answers"
# ClamAV's daemon, /path/of/socket or host:port: every uploaded file is checked. Empty where there is none.
CLAMD_SOCKET: str = env.str("CLAMD_SOCKET", default="")
