"""Many people as whole-number counts: one day's rule, admit then split, for whatever has cells, transitions and gates.

`program` is what is simulated and with which numbers; `kernel` takes the days; `reference` and `persons` say the same law slowly,
for the tests. Nothing here knows a border, a policy or a country.
"""
