"""Features of a Go program that matter to its debugger: CUDA, windows, ports, standard input."""
