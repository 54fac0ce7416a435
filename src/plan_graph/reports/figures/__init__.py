"""Figures by Matplotlib, without its global state: plain values in, SVG with real text or PNG out.

Each module draws one figure from small frozen values; ``gallery`` knows which figures there are and makes their
values from the content of a report; ``canvas`` has what they share, ``fonts`` finds a font that has Chinese.
"""
