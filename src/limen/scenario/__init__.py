"""Scenarios: folders with a policy (and later places, people and counts). Finds them by name or path."""
