"""The directory file: its columns, and how a page is written into it and read from it."""
