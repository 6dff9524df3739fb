"""What a Go program uses that its debugger must know: CUDA, windows, ports, standard input."""
