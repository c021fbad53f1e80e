"""What can be done with an order that was found: each act with its own part of the side."""
