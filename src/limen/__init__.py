"""Limen: a laboratory for border, visa and asylum policy."""
