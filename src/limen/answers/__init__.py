"""Answers about one person and about everyone: `ask` and `check`. Nothing here simulates.

`decide` answers one wholly known person with every reason; `laid` lays a question out over everyone; `ask`, `calendar` and
`check` are what the commands of the same names print. `ways` walks one person through doors in a row, and
`grouped` answers many groups on all days at once. What they return are plain data classes, which are also the JSON, or arrays.
"""
