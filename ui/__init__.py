"""The windows of Intake: Qt only, no SQL, no HTTP, no keys."""
