"""Who coordinates with whom, and whether that is more than workloads explain: rows in, plain results out.

Import the module that holds the question: ``choice`` (which rows), ``significance`` (ties with expected, p and q),
``network`` (graphs and measures), ``export`` (files for other programs). This package itself imports nothing, so
that a command pays only for what it uses.
"""
