"""What can be done with suggestions, points and the ledger."""
