"""Policies as data and their one meaning: words, rules and ranks, strict reading with places, the fold, dates and epochs.

Text becomes nodes (`limen.text`); nodes become `words` and `rules` (read by `read`); `standing` picks what is in force on a day;
`meaning` says what that means over any algebra; `everyone` and `many` are the algebras of arrays. Nothing here imports the rest
of Limen but `text`.
"""
