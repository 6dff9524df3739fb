"""The user's Go code: modules, packages, build tags, and what a program uses."""
