"""Pages of the library's staff: the desk, approvals, closures, rules, spaces, hours."""
