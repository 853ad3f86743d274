"""`digest serve`: the site as it will be, while it is written.

`serving` is the whole of it: `watching` tells that something changed, `building` makes the site anew in a process of
its own, `news` tells open pages of it. Beside them, `server` answers browsers: `listening` finds an address for it,
`answers` finds files, and `dressing` adds to pages what only this preview shows, which `policies` allows.
"""
