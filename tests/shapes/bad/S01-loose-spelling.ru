# The year of a Security Council symbol stands without a space.
DELETE { doc:s-res-2178-2014 unct:symbol ?symbol } INSERT { doc:s-res-2178-2014 unct:symbol "S/RES/2178(2014)" }
WHERE { doc:s-res-2178-2014 unct:symbol ?symbol }
