"""What holds of every run and of every comparison, in words; a model adds what it leaves out."""

UNITS_TOLD = (
    "Entries and exits are crossings of a border: who crosses twice is counted twice. Everything else is persons."
)

SMALL = (
    "Numbers of people from 1 to 9 by state, way and gate are not published and say <10. Where the rest of a sum would give such "
    "a number away, one more of its numbers says n.p. A series that is compared with published counts is told in full."
)

NOTES = (
    UNITS_TOLD,
    "Every number is the median over the draws, and medians of parts do not add up to that of the whole. A draw takes other "
    "values of the uncertain parameters and other chances; an interval of 80% holds the number in eight draws of ten. It tells "
    "what the model is unsure of, not what it leaves out.",
    SMALL,
)

COMPARED = (
    UNITS_TOLD,
    "Both policies take the same values of the uncertain parameters and the same chances, draw by draw. An interval of 90% holds "
    "the difference in nine draws of ten. It tells what the model is unsure of, not what it leaves out.",
    f"{SMALL} Then the difference is not told either.",
)
