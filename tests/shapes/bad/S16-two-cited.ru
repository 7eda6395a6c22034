# One citation cites two things.
INSERT DATA { r:pp1-cit-a-res-72-284 unct:cited doc:s-res-2178-2014 }
