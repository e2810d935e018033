"""The way to a service's own PostgreSQL database."""
