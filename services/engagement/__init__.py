"""What the streams of acts say: points, suggestions, participation figures."""
