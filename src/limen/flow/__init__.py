"""Many people as whole-number counts: one day's rule, admit then split, for whatever has cells, transitions and gates.

`program` is what is simulated and with which numbers; `build` writes one down, `check` says what is wrong with it. `kernel` is
the engine: `days` takes the days, compiled (`jit`), with whole numbers by chance (`samplers`) from random numbers that are looked
up by address (`philox`); `order` says a day in words. `draws` does many draws. `reference` and `persons` say the same law slowly,
for the tests. Nothing here knows a border, a policy or a country.
"""
