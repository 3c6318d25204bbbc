"""The encrypted local store: opening, drafts, records, people, search and what waits for the hub."""
