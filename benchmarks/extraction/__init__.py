"""Extraction measured: speed, memory, a PDF, where the time goes, and eyecite beside it."""
