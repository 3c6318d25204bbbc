"""Events, paper printed and keyed, slips, and the screen that a person answers by themselves."""
