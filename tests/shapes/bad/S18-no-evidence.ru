# Nothing proves the citation, and no channel either. Also: S70.
DELETE DATA { r:pp1-cit-a-res-72-284 unct:evidence r:pp1-cit-a-res-72-284-ev1 }
