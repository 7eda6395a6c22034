# A citation both resolved and ambiguous. Also: S55.
INSERT DATA { r:op3-cit-draft unct:resolution resolution:ambiguous }
