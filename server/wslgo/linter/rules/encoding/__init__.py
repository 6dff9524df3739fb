"""Rules about files in two encodings."""
