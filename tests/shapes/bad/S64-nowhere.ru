# A recognition is stated nowhere. Also: S37 S66.
DELETE WHERE { r:op3-rec1 unct:statedIn ?unit }
