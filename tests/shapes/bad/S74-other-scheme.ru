# The condition is a modality.
INSERT DATA { r:op1-man1 unct:condition modality:consider }
