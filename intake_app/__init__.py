"""The domain, storage, sync and hub of Intake; nothing here knows Qt."""
