# There is no such review state.
DELETE DATA { r:op1-man1-rev unct:reviewStatus "reviewed" } ;
INSERT DATA { r:op1-man1-rev unct:reviewStatus "approved" }
