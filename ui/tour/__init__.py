"""Drives the real window through the whole job, for pictures, for proof, and for the guide."""
