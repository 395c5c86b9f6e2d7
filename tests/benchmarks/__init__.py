"""Measured by hand; they gate nothing."""
