"""Checks and fixes: findings, the engine, and one file per rule."""
