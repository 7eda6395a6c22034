# The channel is in no scheme.
INSERT DATA { r:op3-cit-draft-ev1 unct:via via:hearsay }
