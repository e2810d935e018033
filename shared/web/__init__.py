"""What every HTTP edge does alike: problems, identity, idempotency, paging, health."""
