"""What can be read from booking, shaped for those who read it."""
