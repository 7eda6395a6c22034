"""A bound on the memory that this process may still take, kept by the kernel."""

from __future__ import annotations

import resource
from pathlib import Path


def address_space() -> int:
    """Bytes of address space that this process has; 0 where nobody tells."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except OSError:
        return 0
    return int(pages) * resource.getpagesize()


def bound_memory(size: int | None) -> None:
    """Refuses this process more than so many bytes on top of what it has; None for no bound."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    held = address_space()
    most = hard if size is None or not held else held + size
    if hard != resource.RLIM_INFINITY and most != hard:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
