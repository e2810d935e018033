"""The HTTP edge of activities: schema in, command, schema out."""
