"""The parts of the shift page: figures, cash that moves, the blind count, and what comes after."""
