"""Rules about what a policy requires of a file."""
