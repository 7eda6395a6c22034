# A decision with the symbol of a resolution. Also: S05.
DELETE DATA { doc:a-dec-72-510 unct:symbol "A/DEC/72/510" } ;
INSERT DATA { doc:a-dec-72-510 unct:symbol "A/RES/72/510" }
