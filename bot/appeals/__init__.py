"""What people write that is more than a search: complaints, letters, cries for help."""
