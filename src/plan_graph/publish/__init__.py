"""From a build to files that any static host serves: pages, data, dumps, metadata.

Each part is a function of a :class:`plan_graph.publish.release.Release` and a folder; ``parts`` lists them in order.
"""
