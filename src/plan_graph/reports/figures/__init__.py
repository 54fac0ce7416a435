"""Figures by Matplotlib, without its global state: plain values in, SVG with real text or PNG out.

Each module draws one figure from small frozen values; ``gallery`` knows which figures there are and makes their
values from the content of a report; ``canvas`` has what they share, ``fonts`` finds a font that has Chinese.
"""

NAMES = ("load", "network", "theme-body", "breadth-depth", "blocks", "blocks-by-kind", "flows", "task-flows")
"""The figures there are, in the order of a report."""
