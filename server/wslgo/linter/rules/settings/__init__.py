"""Rules about the settings of VS Code."""
