"""From counts back to parameters, and forwards to forecasts: fitting, and how good what was foretold has been.

Fitting: `observe` and `errors` say what was counted and how far counts may be off; `esmda` is the method, which knows no border;
`fit` puts them together; `posterior` writes what came of it; `filter` goes on as weeks come in; `holdout` asks how wrong it
would have been on days that were not fitted.

Forecasts: `targets` says what may be forecast, `forecasts` reads and writes files of quantiles, `predicted` makes them from a
model's draws, `rivals` makes the naive ones from counts alone; `matching` finds the forecast that a count judges, `scores`
scores it, `scored` tells the scores by series and week ahead.
"""
