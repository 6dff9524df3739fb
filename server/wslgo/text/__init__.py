"""Text: spans, edits, encodings, messages in two languages, Markdown. It imports no other room."""
