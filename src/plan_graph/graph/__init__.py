"""The graph: statements, tables, validation, store and named queries."""
