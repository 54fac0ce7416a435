"""Scores against hand annotation: of a build, or of a plan in memory; agreement of two readers.

The gold says what careful readers found (data/gold/GUIDELINES.md); it is never an input of extraction.
"""

from plan_graph.evaluate.measures import Score
from plan_graph.evaluate.plan import KINDS, Gold, Scores, score

__all__ = ["KINDS", "Gold", "Score", "Scores", "score"]
