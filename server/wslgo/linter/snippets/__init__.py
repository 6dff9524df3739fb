"""The files that the fences and tables of Markdown show, checked by the rules about such files."""
