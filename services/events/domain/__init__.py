"""What an activity, a sign-up and a waiting list are: plain Python."""
