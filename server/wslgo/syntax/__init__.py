"""Text to trees: one module per syntax, each reads exactly as the real consumer does and never raises."""
