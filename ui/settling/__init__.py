"""Settling two versions of a record, answer by answer; mending what the hub refused; what came meanwhile."""
