"""Pursuant."""
