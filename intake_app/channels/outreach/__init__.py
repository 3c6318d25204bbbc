"""Where staff go to people: events, paper printed and keyed, slips to take away, questions answered alone."""
