"""What reserving means, in plain Python."""
