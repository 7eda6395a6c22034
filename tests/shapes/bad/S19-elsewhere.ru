# The evidence of a preambular citation lies in an operative paragraph.
INSERT DATA { r:pp2-cit-crc unct:evidence r:op1-cit-ct-conventions-ev1 }
