"""Editor features as plain data, without protocol types: one module per LSP request."""
