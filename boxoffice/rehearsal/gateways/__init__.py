"""Simulated payment companies over real HTTP, for training, tests and rehearsals.

`running.start` starts one; it checks our signatures, signs its answers, keeps trades and refunds,
and has every bad day that `days` names.
"""
