# The mandate has two forces.
INSERT DATA { r:op1-man1 unct:force force:request }
