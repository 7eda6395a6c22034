# The deadline is a session.
INSERT DATA { r:op1-man1 unct:deadline "A/86" }
