"""Live questions to the network, on demand only: which servers of Go answer, and what go does if they do not."""
