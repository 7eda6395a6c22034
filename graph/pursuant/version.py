"""The version, in one place: pyproject.toml and CHANGELOG.md are tested against it."""

__version__ = "0.1.0"
