"""Answers that people gave on a form of the internet, brought in from the file of whoever runs the form."""
