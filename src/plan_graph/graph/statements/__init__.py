"""Statements: facts as quads. The only place that makes triples.

``document`` and ``task`` say what a text says, in the graph of its document; ``registers`` gives the records of
the bodies and places it names; ``derived`` what was computed (shortcuts, keywords, ties), each in a graph of
its own with the activity that made it.
"""
