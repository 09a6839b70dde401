"""Forecasts and how good they were: files of quantiles, naive rivals, proper scores, and which count judges which forecast.

`targets` says what may be forecast, `forecasts` reads and writes files of quantiles, `predicted` makes them from a model's draws,
`rivals` makes the naive ones from counts alone; `matching` finds the forecast that a count judges, `scores` scores it, `scored`
tells the scores by series and week ahead.
"""
