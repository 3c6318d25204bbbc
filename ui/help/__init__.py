"""Help: commands found by their words, guidance for a question, and the manual."""
