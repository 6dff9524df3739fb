"""Text to trees: one module per syntax, which reads exactly as the real program does and never raises."""
