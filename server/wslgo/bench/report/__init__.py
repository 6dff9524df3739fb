"""A measurement in words: tables, sentences, a page with plots, JSON."""
