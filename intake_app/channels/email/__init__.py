"""Email: what comes by it, and the mailbox that it comes to."""
