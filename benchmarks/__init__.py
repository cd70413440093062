"""Measurements against the real server; see README.md in this folder."""
