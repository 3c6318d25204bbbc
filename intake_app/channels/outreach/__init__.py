"""Where staff go to people: records of an event, paper forms keyed afterwards, questions answered alone."""
