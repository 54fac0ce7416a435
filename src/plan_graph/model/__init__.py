"""The values that flow through plan-graph: frozen, without behaviour beyond what keeps them true.

Offsets are Unicode code points of the published text, half-open: ``text[begin:end]`` is the evidence.
"""
