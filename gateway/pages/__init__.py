"""The web pages, one module per visitor journey."""
