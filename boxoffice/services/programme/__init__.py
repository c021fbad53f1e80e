"""What there is to sell, and what was sold before: files of the venue taken into central."""
