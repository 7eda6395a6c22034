# Nobody knows what made the text.
DELETE WHERE { expression:e-res-2031-7.en unct:reader ?reader }
