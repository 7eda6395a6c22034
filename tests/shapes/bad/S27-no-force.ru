# The mandate has no force.
DELETE WHERE { r:op1-man1 unct:force ?force }
