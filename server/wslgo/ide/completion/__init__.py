"""Completion items."""
