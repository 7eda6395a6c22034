# The mandate sets up and ends.
INSERT DATA { r:op1-man1 unct:change change:establish, change:terminate }
