"""What is measured, and how: each benchmark is a package that one command runs."""
