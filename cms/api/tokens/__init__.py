"""Tokens: how a program says who it is."""
