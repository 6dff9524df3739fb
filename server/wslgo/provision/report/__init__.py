"""Plans and results as text and pages."""
