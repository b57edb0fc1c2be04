"""Measurements that can be run again: `python -m bench.api`."""
