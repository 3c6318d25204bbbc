"""Text relay (Relay UK): whose turn it is, its marks and its prefixes."""
