"""Tables that lists, search and reports read, derived from documents alike on device and hub."""
