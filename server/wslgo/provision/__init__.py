"""From a bare distribution to a Go machine that is fast and correct: surveyed, planned, shown, applied, undoable."""
