"""Artifacts become files: the whole new site, or the old one stays.

`place` says where a site may go; `output` holds an output folder and publishes to it; `cleaning` takes a site
away. Behind them: `outdated` (what has to be made), `obstacles` (what is in the way), `transaction` (from one
site to the next), `removal`, `lock`, and `manifest` (what was published).
"""
