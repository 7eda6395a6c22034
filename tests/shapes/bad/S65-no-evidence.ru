# Nothing proves the mention.
DELETE WHERE { r:op3-men-handbook unct:evidence ?span }
