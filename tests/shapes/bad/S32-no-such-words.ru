# The paragraph speaks of no request.
INSERT DATA { r:op1-man1 unct:condition condition:upon-request }
