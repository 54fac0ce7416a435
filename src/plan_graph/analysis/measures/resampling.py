"""Tasks drawn with and without replacement, the same for a seed from release to release.

Only raw words of a generator are used, which NumPy keeps; the k-th draw is the same however many are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from plan_graph.errors import InputError

Ints = npt.NDArray[np.intp]

_WORDS = 1 << 21  # random words held at once


def resamples(size: int, draws: int, seed: int, at_once: int | None = None) -> Iterator[Ints]:
    """Yield blocks, (some draws, size), of how often each of ``size`` things is taken in ``size`` picks with return.

    A thing is picked with a chance that may be off by 2⁻³². ``at_once`` bounds the rows of a block. Raises
    ``InputError`` for draws below 1 or a seed below 0.
    """
    half = np.uint64(32)
    for words in _words(size, draws, seed, at_once):
        picked = ((words >> half) * np.uint64(size)) >> half
        lanes = np.arange(len(words), dtype=np.uint64)[:, None] * np.uint64(size)
        counts = np.bincount((picked + lanes).ravel().astype(np.intp), minlength=words.size)
        yield counts.reshape(words.shape).astype(np.intp)


def subsets(size: int, taken: int, draws: int, seed: int, at_once: int | None = None) -> Iterator[Ints]:
    """Yield blocks, (some draws, taken), of which of ``size`` things are taken without return, in rising order.

    Every subset is equally likely. Raises ``InputError`` as ``resamples``, and where more are to be taken than there
    are.
    """
    if not 0 <= taken <= size:
        raise InputError(
            f"{taken} tasks cannot be drawn from {size}; ask for 0 to {size}",
            f"{size} 项任务中抽不出 {taken} 项，请在 0 到 {size} 之间取",
        )
    for words in _words(size, draws, seed, at_once):
        yield np.sort(np.argsort(words, axis=1, kind="stable")[:, :taken], axis=1)


def _words(size: int, draws: int, seed: int, at_once: int | None) -> Iterator[npt.NDArray[np.uint64]]:
    if draws < 1:
        raise InputError(f"{draws} draws cannot be made; ask for 1 or more", f"不能抽取 {draws} 次，请至少取 1 次")
    if seed < 0:
        raise InputError(f"seed {seed} cannot be used; give a whole number from 0", f"种子 {seed} 不可用，请用非负整数")
    bits = np.random.SFC64(np.random.SeedSequence([seed, size]))
    block = max(1, min(_WORDS // max(1, size), at_once or draws))
    for begin in range(0, draws, block):
        count = min(block, draws - begin)
        yield bits.random_raw(count * size).reshape(count, size) if size else np.zeros((count, 0), np.uint64)
