"""``python -m plan_graph`` is ``plan-graph``."""

from plan_graph.cli import main

main()
