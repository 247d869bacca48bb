"""Made-up files as offices write them, with the truth beside each, and how well they are read.

`names` makes bodies and their links, `habits` decides how an office writes a list, `layout` lays a
list out as sheets, `writing` makes bytes of them, `judging` compares what an import takes from them
with the truth.
"""
