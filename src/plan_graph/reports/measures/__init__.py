"""Measures of a network as tables with their intervals, by name; ``registry`` lists them."""
