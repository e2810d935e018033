"""Typed clients of the services' public HTTP interfaces."""
