"""Talks, workshops and reading groups: who comes."""
