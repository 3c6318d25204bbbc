"""What each way of reaching us adds: email, relay, interpreter, outreach."""
