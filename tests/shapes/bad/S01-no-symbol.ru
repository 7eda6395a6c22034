# The resolution has no symbol.
DELETE WHERE { doc:a-res-85-12 unct:symbol ?symbol }
