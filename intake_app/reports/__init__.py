"""What is taken out of the store: exports, later counts and digests."""
