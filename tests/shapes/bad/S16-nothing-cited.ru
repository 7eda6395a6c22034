# A citation said to be resolved cites nothing. Also: S34.
DELETE DATA { r:pp1-cit-a-res-72-284 unct:cited doc:a-res-72-284 }
