"""What the draws of a simulation come to: the folder that keeps them, tables with intervals, pictures and one page.

`ensemble` is the draws of a run as one dataset, `store` the folder they are kept in, `running` the taking of draws; `series`
reads named numbers out of them beside what was counted, `tables` and `compare` tell them by destination and between two
policies; `charts`, `report`, `export` and `citation` hand them on. Nothing here simulates or knows a country.
"""
