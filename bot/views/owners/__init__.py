"""What only owners are shown."""
