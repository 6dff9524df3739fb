"""Rules about the value of a Go variable, wherever it is set."""
