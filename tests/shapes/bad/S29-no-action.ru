# The mandate has no action.
DELETE WHERE { r:op1-man1 unct:action ?action }
