"""Events, paper forms and the screen that a person answers by themselves."""
