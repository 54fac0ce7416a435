"""Many documents → one build folder, with memory for the text and the quads of one of them at a time.

Each document is made into a *piece*, a file in ``cache/``: its quads as sorted lines, its rows, its entry in the
report. Processes make pieces side by side; a piece that an earlier build made of the same bytes with the same
software is taken over. What is computed from the whole (registers, keywords, ties) reads the slim parts of the
pieces one after the other: what is held of every document are the rows of its parties and, where lineage is asked
for, what its tasks state. The graph is a merge of sorted lines.
"""

from plan_graph.corpus.options import Options, Outcome, check_jobs
from plan_graph.corpus.whole import build_corpus
from plan_graph.report import Failure
from plan_graph.steps import Step

__all__ = ["Failure", "Options", "Outcome", "Step", "build_corpus", "check_jobs"]
