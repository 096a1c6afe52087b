"""How dates, times and numbers are written per language, where Django does it otherwise (docs/adr/0021).

Fields of a date take the year first in every language: that is what a browser's own field sends.
"""
