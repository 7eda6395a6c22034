# The point is part of nothing.
DELETE WHERE { r:op2-b unct:partOf ?paragraph }
