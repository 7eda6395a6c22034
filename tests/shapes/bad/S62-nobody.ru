# Nobody made the review.
DELETE WHERE { r:op1-man1-rev unct:reviewer ?reviewer }
