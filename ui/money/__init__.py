"""The parts of the money page: days, exceptions, transfers, and files taken in."""
