"""The platform as separate processes per service behind nginx, on servers given by URL."""
