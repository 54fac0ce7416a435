"""The registers as a reconciliation service: the values of the Reconciliation Service API, version 0.2.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/ : a client such as OpenRefine sends a
batch of names and gets candidates, then asks for properties of those it has chosen. Here are requests and answers as
plain values; serving them over HTTP is another module's work. The id of an entity is the end of its IRI, after the
base of the graph: ``body/210000/czt``, ``collective/210000/ge-shi-zf``.
"""
