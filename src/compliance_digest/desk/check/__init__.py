"""`digest check`: what is wrong with notes, what is doubtful about them, and what can be mended without a doubt."""
