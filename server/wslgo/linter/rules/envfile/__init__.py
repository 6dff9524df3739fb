"""Rules about the lines of the go env file."""
