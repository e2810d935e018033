"""Password hashing, sealing and signing: where cryptographic libraries are used."""
