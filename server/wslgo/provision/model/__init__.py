"""The data of provisioning: facts, requested settings, steps, actions, and plans as JSON."""
