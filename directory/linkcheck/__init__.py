"""Whether the directory's links still open: asked politely, judged carefully, told to editors.

`policy` says what may be connected to, `checker` asks for one link, `judge` makes an outcome of an
answer, `own_site` notes which accounts a body's own site links to, `run` asks for all links and
keeps what came of it. Nothing disappears by itself, except a link whose nick now belongs to
somebody else: that one is hidden and the owners are told.
"""
