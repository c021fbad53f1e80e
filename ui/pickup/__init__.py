"""The parts of the pickup page: looking up, the order, its steps, what came of it, doubtful pages."""
