"""Measures what a place costs the go command: GOCACHE, GOMODCACHE and workspace on each file system."""
