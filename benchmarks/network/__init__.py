"""Networks of a million edges: writing them, and ranking their nodes, beside other engines."""
