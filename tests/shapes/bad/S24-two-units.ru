# The span is in two units, in one of which the words do not stand. Also: S25 S66.
INSERT DATA { r:op1-man1-ev1 unct:inUnit r:op2 }
