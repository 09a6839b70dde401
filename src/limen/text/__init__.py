"""Reading what people write: strict YAML and CSV whose every word knows its place, and all faults of a reading at once.

Below everything else and about nothing in particular: `nodes` (YAML), `table` (CSV), `forms` (tables by their keys), `faults`.
"""
