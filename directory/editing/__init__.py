"""What people change by hand: fields, links that are hidden, pages and territories that are merged.

Each proposes or makes one revision, by the same rules as an import.
"""
