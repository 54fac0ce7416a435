"""Extraction: a Document becomes a Plan, tasks with their clauses and mentions; names are resolved."""
