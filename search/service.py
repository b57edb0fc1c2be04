"""The door of the app: what other apps may import from search."""

__all__: list[str] = []
