# The evidence of a mandate lies in another paragraph.
INSERT DATA { r:op1-man1 unct:evidence r:op3-rec1-ev1 }
