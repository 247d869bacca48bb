"""Measuring the search: `make bench`, or `python -m bench --help`."""
