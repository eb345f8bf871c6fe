"""Extractions for people and programs: tidy CSV, JSON, and tables for a terminal."""
