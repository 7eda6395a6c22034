# The resolution has two symbols, one of another session. Also: S05.
INSERT DATA { doc:a-res-85-12 unct:symbol "A/RES/86/12" }
