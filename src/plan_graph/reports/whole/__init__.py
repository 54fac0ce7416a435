"""What an office prints and a paper shows: figures, an Excel workbook, a report as one HTML page.

``content`` takes from a graph, once, all that a report needs; ``bodies``, ``gaps``, ``blocks`` and ``flows`` count it
into small frozen values; ``figures`` draws such values, ``workbook`` and ``html`` write them out. This package itself
imports nothing, so that a command pays only for what it uses.
"""
