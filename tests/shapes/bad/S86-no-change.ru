# A body is changed, but nobody says how.
INSERT DATA { r:op1-man1 unct:changesBody entity:unodc }
