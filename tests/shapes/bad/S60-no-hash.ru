# The review does not say of which text it is.
DELETE WHERE { r:op1-man1-rev unct:reviewedText ?hash }
