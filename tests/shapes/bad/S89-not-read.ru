# Nobody says what the words read as.
DELETE WHERE { r:pp1-dis1 unct:readAs ?read }
