"""The parts of the gate: signing in and counting the float."""
