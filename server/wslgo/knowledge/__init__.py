"""Tables of what WSL, Go, Delve and CUDA accept, each with its source and date."""
