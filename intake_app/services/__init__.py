"""The directory of care services that feedback is about: importers, search, and what became of each."""
