"""The organisation's hub: numbers what devices send, keeps every version, hands it to the others."""
