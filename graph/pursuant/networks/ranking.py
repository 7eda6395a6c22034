"""How much a node is cited, and by whom: PageRank, hubs and authorities.

Both are worked out on sparse matrices. An edge weighs as many paragraphs as stand behind it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pursuant.networks.columns import Network

DAMPING = 0.85
TOLERANCE = 1e-10
_ROUNDS = 1000


def adjacency(network: Network, weighted: bool = True) -> Any:
    """The network as a sparse matrix: a row for each citing node, a column for each cited one."""
    from scipy import sparse

    count = len(network.names)
    starts = np.zeros(count + 1, dtype=np.int32)
    np.cumsum(np.bincount(network.source, minlength=count), out=starts[1:])
    values = network.weights if weighted else np.ones(len(network.source))
    return sparse.csr_array((values, network.target, starts), shape=(count, count))


def pagerank(network: Network, weighted: bool = True) -> NDArray[np.float64]:
    """PageRank of each node, damped by 0.85; together 1, exact to 1e-10.

    PageRank is, but for a factor, the sum of the walks of all lengths, damped by step and ended
    by what cites nothing. Once longer walks are shorter ones times a factor, the rest of the sum is
    a geometric series, and what it leaves open bounds the error: few cycles need few rounds.

    Args:
        network: who cites whom.
        weighted: whether a node passes on its rank by the weights of its edges, or evenly.

    >>> from pursuant.networks.columns import Network
    >>> ends = np.array([0, 1], dtype=np.int32), np.array([2, 2], dtype=np.int32)
    >>> pagerank(Network("abc", {}, *ends, {})).round(3).tolist()
    [0.213, 0.213, 0.574]
    """
    count = len(network.names)
    if not count:
        return np.zeros(0)
    cites = adjacency(network, weighted)
    given = cites.sum(axis=1) if weighted else np.diff(cites.indptr)
    cited, share = cites.T, DAMPING / np.where(given > 0, given, 1)
    walks = np.full(count, 1 / count)
    total, before = walks.copy(), 1.0
    for _ in range(_ROUNDS):
        longer = cited @ (walks * share)
        now = float(longer.sum())
        left = now / (before - now)
        error = np.abs((1 + left) * longer - left * walks).sum()
        if error < TOLERANCE * (1 - DAMPING) * total.sum():
            break
        total += longer
        walks, before = longer, now
    total += left * walks
    return _whole(total)


def hubs_and_authorities(network: Network) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """HITS: how well each node cites what is much cited, and the reverse; each together 1."""
    cites = adjacency(network)
    count = len(network.names)
    hubs = authorities = np.full(count, 1 / count) if count else np.zeros(0)
    for _ in range(_ROUNDS if len(network.source) else 0):
        authorities = _whole(cites.T @ hubs)
        after = _whole(cites @ authorities)
        if np.abs(after - hubs).sum() < TOLERANCE:
            hubs = after
            break
        hubs = after
    return hubs, authorities


def _whole(values: NDArray[np.float64]) -> NDArray[np.float64]:
    whole: NDArray[np.float64] = values / values.sum()
    return whole
