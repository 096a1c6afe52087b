"""Ändringar: who changed what, when, from what to what. One statement over all tables of events, and names.

`sources` says which events a page is made of, `page` loads them, `words` says them as people read them.
"""
