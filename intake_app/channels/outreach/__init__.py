"""Paper: forms to be filled in by hand, and the slip that a person takes away."""
