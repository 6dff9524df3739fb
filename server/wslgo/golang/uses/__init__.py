"""Features of a program that matter to its debugger: CUDA, windows, ports, standard input."""
