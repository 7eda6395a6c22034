# The symbol is that of another resolution.
DELETE { doc:a-res-85-12 unct:symbol ?symbol } INSERT { doc:a-res-85-12 unct:symbol "A/RES/85/13" }
WHERE { doc:a-res-85-12 unct:symbol ?symbol }
