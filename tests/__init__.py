"""Unit, integration and meta tests."""
