"""The state of one client: capabilities, documents, surroundings of the workspace."""
