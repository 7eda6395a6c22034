"""Pursuant: reads UN resolutions and tells which instruments they invoke and whom they ask what."""

__version__ = "0.1.0"
