"""The process that reads a stranger's file: see `safely`."""

from directory.imports.read.safely import serve

serve()
