"""Rules about the files that fish reads when it starts."""
