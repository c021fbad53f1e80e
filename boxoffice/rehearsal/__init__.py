"""Dress rehearsals: simulated windows, customers and faults against real records."""
