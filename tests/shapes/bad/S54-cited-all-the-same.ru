# An unresolved citation cites something.
INSERT DATA { r:op3-cit-u1 unct:cited doc:a-res-72-284 }
