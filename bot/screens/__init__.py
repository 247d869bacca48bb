"""Screens that several conversations share: data of the directory made into views."""
