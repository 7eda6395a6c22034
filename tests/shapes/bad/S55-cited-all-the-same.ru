# An ambiguous citation cites one of its candidates.
INSERT DATA { r:op3-cit-u2 unct:cited doc:a-res-72-284 }
