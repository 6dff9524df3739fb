"""The syntaxes of shells and of environment files."""
