"""Who coordinates with whom, and whether that is more than workloads explain: rows in, plain results out.

Import the module that holds the question: ``choice`` (which rows), ``significance`` (ties with expected, p and q),
``network`` (the three networks), ``measures``, ``export`` (files for other programs), ``lineage`` and ``duplicates``
(tasks beside tasks), and for an office ``overlap``, ``dossier``, ``room`` and ``scenario``. This package itself imports
nothing, so that a command pays only for what it uses.
"""
