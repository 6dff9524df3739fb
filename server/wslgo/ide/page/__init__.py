"""Pages that an editor opens beside a file."""
