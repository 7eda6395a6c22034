# What is named is not described. The shortcut goes with it.
DELETE WHERE { r:op3-men-handbook unct:names ?thing } ; DELETE DATA { r:op3 unct:mentions doc:handbook } ;
INSERT DATA { r:op3-men-handbook unct:names doc:leaflet }
