"""What people and other services can have booking do: one file each."""
