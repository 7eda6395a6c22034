# A paragraph is in no document. It is the last, and cites nothing but its own resolution.
DELETE WHERE { r:op3 unct:inDocument ?document }
