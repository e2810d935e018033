"""What an act, a fact, a figure, points and suggestions are: plain Python."""
