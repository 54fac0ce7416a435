"""How many draws of each kind a paper rests on, all from one number."""

from __future__ import annotations

from dataclasses import dataclass

RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Settings:
    """The numbers of draws, and the ``seed`` of all of them but the null model of pairs, which has its own.

    ``resamples`` are those of the bootstrap over tasks, ``runs`` those of Louvain.
    """

    seed: int = 0
    resamples: int = RESAMPLES
    runs: int = 100

    @property
    def graphs(self) -> int:
        """Resamples of which a network is made, for betweenness."""
        return max(1, self.resamples // 5)

    @property
    def matrices(self) -> int:
        """Matrices with fixed margins of which figures of the whole network are taken."""
        return max(1, self.resamples // 2)

    @property
    def subsets(self) -> int:
        """Draws of rarefaction: many, since intervals for many comparisons lie far out in the tails."""
        return 5 * self.resamples

    @property
    def permutations(self) -> int:
        """Permutations of QAP."""
        return 2 * self.resamples

    @property
    def digraphs(self) -> int:
        """Random directed networks that brokerage of groups is compared with."""
        return 2 * self.resamples
