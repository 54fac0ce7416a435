"""Measures of the networks: a module a question, imported one by one; this package itself imports nothing."""
