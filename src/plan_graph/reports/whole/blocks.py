"""Bodies in blocks, by community or by kind, and how dense the network is within and between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from plan_graph.model.network import Tie


def shared_matrix(bodies: Sequence[str], ties: Sequence[Tie]) -> npt.NDArray[np.intp]:
    """Give the tasks each two bodies share, (bodies, bodies), symmetric, 0 on the diagonal."""
    at = {body: number for number, body in enumerate(bodies)}
    made = np.zeros((len(bodies), len(bodies)), np.intp)
    for tie in ties:
        if tie.left in at and tie.right in at:
            made[at[tie.left], at[tie.right]] = made[at[tie.right], at[tie.left]] = tie.shared
    return made


def densities(
    shared: npt.NDArray[np.intp], block: Sequence[int]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Give for each two blocks the share of pairs that are tied, and the mean of shared tasks a pair.

    ``block[i]`` is the block of body i, from 0. Both are (blocks, blocks), over the pairs of two bodies; nan within a
    block of one.
    """
    member = np.zeros((len(block), max(block, default=-1) + 1))
    member[np.arange(len(block)), list(block)] = 1
    sizes = member.sum(axis=0)
    pairs = np.outer(sizes, sizes) - np.diag(sizes)
    with np.errstate(invalid="ignore", divide="ignore"):
        tied = member.T @ (shared > 0).astype(float) @ member / pairs
        mean = member.T @ shared.astype(float) @ member / pairs
    return tied, mean


def numbered(groups: Mapping[str, object], order: Sequence[object]) -> dict[str, int]:
    """Number the groups that occur from 0 in a given order, and give each body its number."""
    there = [one for one in order if one in set(groups.values())]
    return {body: there.index(group) for body, group in groups.items()}
