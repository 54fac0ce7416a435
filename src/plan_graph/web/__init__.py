"""The service: a SPARQL endpoint and pages over a read-only graph.

Whatever strangers ask runs in worker processes (``worker``) that hold the graph, one question at a time. They are
forked by a nursery (``nursery``) that read the graph once, and led by a pool (``pool``) in the server, which itself
holds no graph, runs no query, and ends a worker at the deadline. The server (``app``) reads requests and sends what
workers wrote.
"""
