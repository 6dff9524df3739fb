"""JSON with comments, as VS Code reads and edits it, and the shape of `launch.json`."""
