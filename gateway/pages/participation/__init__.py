"""The pages of those who answer for a library: figures, and everything behind them."""
