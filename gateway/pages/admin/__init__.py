"""Administrators' pages: people, imports, sign-in, undelivered messages, health."""
