"""One round with the hub: the messages, the client that sends them, the engine that orders them."""
