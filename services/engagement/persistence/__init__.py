"""Rows, and the one transaction they are written in."""
