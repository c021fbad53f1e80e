"""Proof of the records: one file per rule that they must keep."""
