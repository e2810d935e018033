"""Where the domain sleeps: tables, rows and the unit of work."""
