"""Pages of those who run activities: from an idea to what came of it."""
