"""A text relay call on the screen: its turns beside the form."""
