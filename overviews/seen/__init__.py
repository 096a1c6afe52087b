"""Who sees what about a person: told from the access rules themselves, and proved against the database.

`readers` puts each rule of the second lock into words; `kinds` says what a kind of data is; `staff` and
`pupils` name the tables behind each kind. A test asks the database as everybody in turn and compares
(docs/adr/0025).
"""
