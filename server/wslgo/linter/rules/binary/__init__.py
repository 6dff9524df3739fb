"""Rules about a compiled program: what keeps it from starting, and what a debugger will not find in it."""
