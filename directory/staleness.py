"""When a page must be confirmed anew."""

STALE_DAYS = 180
"""Days after which a page must be confirmed anew, as the U.S. Digital Registry of GSA has it."""
