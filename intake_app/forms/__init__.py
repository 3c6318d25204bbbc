"""A question set is data: its model, conditions, validation, exchange formats and translator strings."""
