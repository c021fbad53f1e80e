"""The parts of the cases page."""
