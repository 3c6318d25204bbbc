"""Finding records again, reading them, and where each one is now."""
