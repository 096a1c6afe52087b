"""How Django writes dates, times and numbers per language, where ours is another than its own (docs/adr/0021).

Fields of a date take the year first in every language: that is what a browser's own field sends.
"""
