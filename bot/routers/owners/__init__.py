"""Conversations of owners alone. `admin_router`, with their role, is the only door."""
