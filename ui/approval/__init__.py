"""A second person signs at the screen of the first."""
