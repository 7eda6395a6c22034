# The recurrence is a mere number.
INSERT DATA { r:op1-man1 unct:recurrence 2 }
