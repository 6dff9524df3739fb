"""Rules about what a policy requires of the machine."""
