"""Benchmarks: what reading, asking and each kind of file cost, beside other programs."""
