"""Measures of one-mode networks of bodies, each verified against published networks (docs/how-to/measures.md)."""
