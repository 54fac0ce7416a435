"""Answers kept in the server: the graph does not change while it is served, so neither do they."""

from __future__ import annotations

import re
from collections import OrderedDict

from plan_graph.web.job import Job, Reply

LONGEST = 1 << 20  # bytes of one answer: a longer one would drive out many others
# functions of SPARQL that give another value each time; a word that only looks like one costs a question, no more
_CHANGING = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\b", re.IGNORECASE)


def key_of(job: Job) -> bytes | None:
    """Give what all jobs with the same answer have in common, or nothing if the next answer may be another."""
    return None if _CHANGING.search(str(job.arguments.get("query", ""))) else job.pack()


class Kept:
    """The answers asked for last, up to ``most`` bytes in all; 0 keeps nothing."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.length = 0
        self._answers: OrderedDict[bytes, tuple[Reply, bytes]] = OrderedDict()

    def __len__(self) -> int:
        """Count the answers."""
        return len(self._answers)

    def get(self, key: bytes) -> tuple[Reply, bytes] | None:
        """Give an answer that is kept."""
        if key in self._answers:
            self._answers.move_to_end(key)
            return self._answers[key]
        return None

    def put(self, key: bytes, reply: Reply, body: bytes) -> None:
        """Keep an answer that went well, and let go of those that nobody asked for longest."""
        if reply.status != 200 or len(body) > min(LONGEST, self.most) or key in self._answers:
            return
        self._answers[key] = (reply, body)
        self.length += len(key) + len(body)
        while self.length > self.most:
            old, (_, gone) = self._answers.popitem(last=False)
            self.length -= len(old) + len(gone)
