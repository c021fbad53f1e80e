"""The parts of the pickup page: looking up, the order and its steps, pages in doubt."""
