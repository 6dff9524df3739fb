"""The only writers of provisioning: apply a plan, resume it, undo it."""
