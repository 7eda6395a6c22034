# The review is of nothing that the data hold.
DELETE WHERE { r:op1-man1-rev unct:reviews ?statement } ;
INSERT DATA { r:op1-man1-rev unct:reviews r:op9-man1 }
