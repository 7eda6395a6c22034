# The point is part of a footnote.
DELETE WHERE { r:op2-b unct:partOf ?paragraph } ; INSERT DATA { r:op2-b unct:partOf r:fn1 }
