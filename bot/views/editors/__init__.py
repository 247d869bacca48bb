"""What editors are shown, and owners with them: the office."""
