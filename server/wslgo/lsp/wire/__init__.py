"""Messages on standard input and output: framing, the inbox, the protocol."""
