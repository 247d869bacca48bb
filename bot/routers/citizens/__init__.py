"""The conversations of everybody."""
