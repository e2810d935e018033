"""A believable campus and real input, loaded through the same commands as everybody's requests."""
