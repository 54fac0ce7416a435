"""Where bodies stand on the map of a network: near those they work with, and the same whenever it is asked."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np

from plan_graph.reports.figures.placing import Places, layout, spread

Place = tuple[float, float]
_SEED = 0
_NEAR, _FAR = 1.0, 2.5  # lengths wanted of a tie above expectation, and of any other: those of the printed map
_EXACT = 150  # bodies, above which only distances to some are looked at; 250 would take eight seconds
_PIVOTS = 60
_SHEET, _BOX = (1500.0, 1000.0), (135.0, 64.0)  # the sheet, and the room that a body takes with its name
_APART, _FULL = 200, 0.55  # bodies that are moved apart, and how much of the sheet their boxes may fill


def places(bodies: Sequence[str], ties: Iterable[tuple[str, str, int, bool]]) -> dict[str, Place]:
    """Give each body a place on a sheet of about 1,500 × 1,000.

    ``ties`` are (body, body, shared tasks, whether above expectation). Bodies with ties are placed by stress
    majorisation as on the printed map (``reports.figures.placing``), seed 0; more than 150 by Pivot MDS (Brandes and
    Pich 2007, Graph Drawing 2006, LNCS 4372:42–53), which looks at distances to 60 of them. Those without a tie stand
    in rows below.
    """
    lengths = [(one, other, _NEAR if strong else _FAR) for one, other, _, strong in ties]
    tied = {body for one, other, _ in lengths for body in (one, other)}
    inner, outer = [body for body in bodies if body in tied], [body for body in bodies if body not in tied]
    exact = len(inner) <= _EXACT
    unit = layout(inner, lengths, _SEED) if exact else pivots(inner, lengths)
    sheet = unit * np.array(_SHEET)
    wide, tall = _BOX
    if 0 < len(inner) <= _APART:
        scale = min(1.0, math.sqrt(_FULL * _SHEET[0] * _SHEET[1] / (len(inner) * wide * tall)))
        sheet = spread(sheet, np.tile(np.array(_BOX) * scale, (len(inner), 1)), _SHEET)
    found = {body: (x, y) for body, (x, y) in zip(inner, sheet.tolist(), strict=True)}
    across = int(_SHEET[0] // wide)
    for at, body in enumerate(outer):
        found[body] = (wide / 2 + at % across * wide, -tall - at // across * tall)
    return {body: (round(x, 1), round(y, 1)) for body, (x, y) in found.items()}


def pivots(bodies: Sequence[str], lengths: Sequence[tuple[str, str, float]]) -> Places:
    """Place many bodies in the unit square by their distances to a few: Pivot MDS, the pivots far from each other.

    O(pivots · (ties · log bodies + bodies · pivots)).
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    count, number = len(bodies), {body: at for at, body in enumerate(bodies)}
    rows = [number[one] for one, _, _ in lengths]
    columns = [number[other] for _, other, _ in lengths]
    graph = csr_array(([length for *_, length in lengths], (rows, columns)), shape=(count, count))
    nearest = np.full(count, np.inf)
    chosen, distances = 0, []
    for _ in range(min(_PIVOTS, count)):
        own = dijkstra(graph, directed=False, indices=chosen)
        reached = own[np.isfinite(own)]
        own[~np.isfinite(own)] = 1.25 * max(1.0, float(reached.max()))
        distances.append(own)
        nearest = np.minimum(nearest, own)
        chosen = int(nearest.argmax())
    squared = np.square(np.column_stack(distances))
    centred = squared - squared.mean(axis=0) - squared.mean(axis=1, keepdims=True) + squared.mean()
    _, _, axes = np.linalg.svd(centred.T @ centred)
    flat = centred @ axes[:2].T
    flat *= np.sign(flat[np.abs(flat).argmax(axis=0), [0, 1]])  # of two mirror images always the same
    even = np.argsort(np.argsort(flat, axis=0, kind="stable"), axis=0, kind="stable") / max(1, count - 1)
    low, high = flat.min(axis=0), flat.max(axis=0)
    mixed: Places = 0.5 * even + 0.5 * (flat - low) / np.where(high > low, high - low, 1)
    return mixed
