# The document cites what no paragraph of it cites.
INSERT DATA { doc:e-res-2031-7 unct:documentCites doc:handbook }
