"""Hover texts."""
