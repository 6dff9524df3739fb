"""The state of one client: its abilities, workspace, settings, documents, and the files around them."""
