# A document of another day is said to cite the one that cites it. Also: S68.
INSERT DATA { doc:a-res-72-284 unct:documentCites doc:e-res-2031-7 }
