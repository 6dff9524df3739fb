"""Rules about `go.mod` that gopls does not have."""
