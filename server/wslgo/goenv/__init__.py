"""Go environment variables: who sets one, who wins, and how a value is rewritten."""
