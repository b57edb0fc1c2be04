"""The door of the app: what other apps may import from forms."""

__all__: list[str] = []
