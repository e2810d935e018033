"""HTTP in, command or query, HTTP out."""
