"""From acts of the ledger to facts: pure, and the same in whatever order acts arrived."""
