"""Speed, measured beside a yard-stick in the same minutes."""
