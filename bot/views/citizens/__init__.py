"""What everybody is shown."""
