"""Rules about the files that shells read when they start."""
