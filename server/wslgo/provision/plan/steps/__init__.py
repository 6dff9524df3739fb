"""The steps, a module each: pure functions from facts and requested settings to actions."""
