"""Rules about the Go that a workflow or a Dockerfile builds with."""
