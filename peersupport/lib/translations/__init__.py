"""The texts of the interface: found in the code, kept in locale/, compiled (docs/adr/0007).

`python -m peersupport.lib.translations --compile` needs neither settings nor a database; everything else is
`manage.py translations`.
"""
