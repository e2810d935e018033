"""What people, messages and the clock can make happen; one module each."""
