"""What services tell each other: one frozen, versioned class per message."""
