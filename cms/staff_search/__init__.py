"""The search of people who work here: drafts of their own too, saved searches, lists to take away."""
