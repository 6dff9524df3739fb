"""Rules about `#cgo` lines and the C code above `import "C"` in `.go` files."""
