"""The practice window: marked on every page, with a caller who speaks when the learner says so."""
