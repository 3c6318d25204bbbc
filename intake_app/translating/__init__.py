"""From the texts in the sources to catalogues for translators, and what is wrong with these."""
