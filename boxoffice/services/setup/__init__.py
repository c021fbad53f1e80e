"""Homes made: central records on a server, windows enrolled, keys exported, a home for training."""
