"""Recognising plans in text: where one begins, what its parts are. Pure functions over lines; no database."""
