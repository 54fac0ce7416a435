"""Where things go on a figure: nodes by who is tied to whom, boxes without overlap, labels beside points.

All of it is deterministic: the same values and seed give the same places.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import networkx as nx
import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]
"""Left, bottom, width, height."""
_ROUNDS = 2000
_STRESS_ROUNDS, _STILL = 400, 1e-4
_EVEN = 0.45  # of the way to ranks
_SLACK = 1e-6


def layout(nodes: Sequence[str], edges: Iterable[tuple[str, str, float]], seed: int) -> Places:
    """Place nodes so that distances on paper are near those in the network: stress majorisation.

    By Gansner, Koren and North (2005, Graph Drawing 2004, LNCS 3383:239–250): minimises Σ d⁻² (|x_i − x_j| − d)² over
    pairs, d the length of the shortest path. ``edges`` are (node, node, length); what no path joins is a little
    farther than the farthest. The start is random by ``seed``. In the end each coordinate moves part of the way to its
    rank, which uses the paper more evenly. Gives (nodes, 2), in the unit square, in the order of ``nodes``. O(nodes²)
    a round.
    """
    count = len(nodes)
    if count < 2:
        return np.full((count, 2), 0.5)
    graph = nx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_weighted_edges_from(edges)
    wanted = np.full((count, count), np.nan)
    number = {node: at for at, node in enumerate(nodes)}
    for one, lengths in nx.all_pairs_dijkstra_path_length(graph):
        for other, length in lengths.items():
            wanted[number[one], number[other]] = length
    wanted[np.isnan(wanted)] = 1.25 * max(1.0, float(np.nanmax(wanted)))
    np.fill_diagonal(wanted, 1)
    weight = wanted**-2
    np.fill_diagonal(weight, 0)
    laplacian = np.diag(weight.sum(axis=1)) - weight
    solve = np.linalg.pinv(laplacian)
    random = np.random.Generator(np.random.PCG64(seed))
    places: Places = random.random((count, 2))
    for _ in range(_STRESS_ROUNDS):
        apart = places[:, None] - places[None]
        length = np.sqrt((apart**2).sum(axis=2))
        ratio = weight * wanted / np.where(length > _SLACK, length, np.inf)
        moved = solve @ (np.diag(ratio.sum(axis=1)) - ratio) @ places
        still = float(np.abs(moved - places).max()) < _STILL
        places = moved
        if still:
            break
    low, high = places.min(axis=0), places.max(axis=0)
    unit = (places - low) / np.where(high > low, high - low, 1)
    even = np.argsort(np.argsort(places, axis=0, kind="stable"), axis=0, kind="stable") / (count - 1)
    mixed: Places = (1 - _EVEN) * unit + _EVEN * even
    return mixed


def spread(centres: Places, sizes: Places, room: tuple[float, float]) -> Places:
    """Move boxes apart until none overlaps another, each as little as may be, and keep them in the room.

    ``centres`` and ``sizes`` are (boxes, 2), ``room`` width and height from the origin. In each round every two boxes
    that overlap part along the axis where that takes less. Where the room is too small some overlap stays.
    """
    moved = centres.astype(np.float64).copy()
    half = sizes / 2
    low, high = half, np.maximum(np.array(room) - half, half)
    moved = np.clip(moved, low, high)
    for _ in range(_ROUNDS):
        apart = moved[:, None] - moved[None]
        lap = half[:, None] + half[None] - np.abs(apart)
        hit = (lap > _SLACK).all(axis=2) & ~np.eye(len(moved), dtype=np.bool_)
        if not hit.any():
            break
        sign = np.where(apart == 0, np.sign(np.arange(len(moved))[:, None] - np.arange(len(moved)))[..., None], 0)
        sign = np.where(apart == 0, sign, np.sign(apart))
        along = lap[..., 0] <= lap[..., 1]
        push = np.zeros_like(apart)
        push[..., 0] = np.where(hit & along, lap[..., 0] * sign[..., 0], 0)
        push[..., 1] = np.where(hit & ~along, lap[..., 1] * sign[..., 1], 0)
        moved = np.clip(moved + 0.5 * push.sum(axis=1) + _SLACK * np.sign(push.sum(axis=1)), low, high)
    return moved


def beside(
    points: Places,
    radii: Sequence[float],
    sizes: Places,
    room: tuple[float, float],
    blocked: Iterable[Box] = (),
) -> list[tuple[float, float] | None]:
    """Find for each label, in the order given, a place beside its point where it covers no point and no other label.

    ``points`` (points, 2) with ``radii``, labels of ``sizes`` (points, 2), ``blocked`` boxes (left, bottom, width,
    height), in the units of ``room``. Tries eight directions at growing distance; gives the centre of the label, or
    ``None`` where all are taken.
    """
    taken = [(left, bottom, left + wide, bottom + tall) for left, bottom, wide, tall in blocked]
    marks = [(x - r, y - r, x + r, y + r) for (x, y), r in zip(points.tolist(), radii, strict=True)]
    found: list[tuple[float, float] | None] = []
    ways = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1))
    for at, (x, y) in enumerate(points.tolist()):
        wide, tall = sizes[at].tolist()
        place = None
        for gap in (0.015, 0.06, 0.12, 0.2, 0.3, 0.42):
            for dx, dy in ways:
                cx = x + dx * (radii[at] + gap + wide / 2) if dx else x
                cy = y + dy * (radii[at] + gap + tall / 2) if dy else y
                box = (cx - wide / 2, cy - tall / 2, cx + wide / 2, cy + tall / 2)
                inside = box[0] >= 0 and box[1] >= 0 and box[2] <= room[0] and box[3] <= room[1]
                if inside and not any(_meet(box, other) for other in (*taken, *marks)):
                    place = (cx, cy)
                    taken.append(box)
                    break
            if place:
                break
        found.append(place)
    return found


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
