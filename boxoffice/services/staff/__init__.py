"""Who works here: signing in, shifts, and the second person who approves."""
