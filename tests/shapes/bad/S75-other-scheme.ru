# The modality is a condition.
INSERT DATA { r:op1-man1 unct:modality condition:within-mandate }
