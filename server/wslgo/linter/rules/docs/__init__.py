"""Rules about what documents say."""
