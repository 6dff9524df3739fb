"""The only door to the operating system: files read and written whole, programs with a time limit, root."""
