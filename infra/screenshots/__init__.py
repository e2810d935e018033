"""Pictures of every page, and the walk over all links that finds them."""
