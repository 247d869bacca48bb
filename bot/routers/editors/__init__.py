"""The office: conversations of editors and owners; `admin_router` is their only door."""
