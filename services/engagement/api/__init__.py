"""The wire shape of engagement."""
