# The force is in no scheme.
DELETE DATA { r:op1-man1 unct:force force:urge } ; INSERT DATA { r:op1-man1 unct:force force:plead }
