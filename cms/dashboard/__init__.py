"""The front page of the admin: for each role what waits, what came back, what was done."""
