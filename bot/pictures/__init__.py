"""Pictures for the chat: what may be drawn, and the drawing of it."""
