"""Full-text search, ours and SQLite's, side by side."""
