"""Text and nothing else: spans, edits, encodings, messages in two languages, Markdown. Imports nothing of ours."""
