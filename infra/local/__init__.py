"""The whole platform on one machine: embedded PostgreSQL, one web server, one worker."""
