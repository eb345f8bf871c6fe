"""Metrics: what counts as right, added up, compared and told."""
