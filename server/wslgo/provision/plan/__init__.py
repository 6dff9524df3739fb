"""The plan: pure functions from facts and requested settings to steps."""
