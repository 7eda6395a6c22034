# The mention names nothing. Also: S67.
DELETE WHERE { r:op3-men-handbook unct:names ?thing }
