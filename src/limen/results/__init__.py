"""What came out: draws to tables with intervals, beside what was counted; the folder that keeps them."""
