"""Who helps in a conversation: interpreters, BSL and other communication support."""
