"""The Go checksum database: its client, and the proofs that it answers with."""
