"""How the platform is set up and run."""
