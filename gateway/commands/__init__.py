"""What can be done to accounts, sessions and keys, one module each."""
