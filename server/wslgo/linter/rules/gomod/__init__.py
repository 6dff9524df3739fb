"""Rules about `go.mod` and `go.work` that gopls does not have."""
