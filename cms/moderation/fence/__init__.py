"""The fence between schools: who enters which route, and which objects a request may name."""
