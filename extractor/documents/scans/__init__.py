"""Scans and pictures: made upright, their lines found, their characters recognised."""
