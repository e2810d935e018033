"""The gateway's own HTTP interface."""
