"""The syntaxes of Go: source files, `go.mod`, the `go env` file, and the values of its variables."""
