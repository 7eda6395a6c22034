# The mention names two things.
INSERT DATA { r:op3-men-handbook unct:names programme:judges }
