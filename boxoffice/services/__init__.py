"""Verbs: one user action is one keyword-only function, each step of it one transaction."""
