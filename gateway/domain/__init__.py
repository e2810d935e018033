"""What the gateway knows about people, in plain Python."""
