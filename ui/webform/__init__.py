"""Online responses: the file, where each of its columns goes, a look at the records, and bringing them in."""
