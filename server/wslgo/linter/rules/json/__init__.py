"""Rules about JSON with comments that VS Code reads."""
