"""Reads for screens: frozen rows, never table objects."""
