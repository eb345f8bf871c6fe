"""Damaged files of every format: each must end in a document or in an error of ours, and soon."""
