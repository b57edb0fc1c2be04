"""Shared previews of drafts."""
