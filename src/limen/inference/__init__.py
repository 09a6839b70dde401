"""From counts back to parameters: how counts err, which parameters they speak for, and how sure one may then be.

`observe` and `errors` say what was counted and how far counts may be off; `esmda` is the method, which knows no border;
`fit` puts them together; `posterior` writes what came of it; `filter` goes on as weeks come in; `holdout` asks how wrong it
would have been on days that were not fitted.
"""
