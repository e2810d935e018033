"""The public door: people, sign-in, tokens, pages."""
