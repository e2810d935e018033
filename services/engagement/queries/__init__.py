"""Read-only answers, straight from SQL."""
