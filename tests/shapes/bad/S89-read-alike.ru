# The words read as what the link leads to.
DELETE { r:pp1-dis1 unct:readAs ?read } INSERT { r:pp1-dis1 unct:readAs ?linked }
WHERE { r:pp1-dis1 unct:readAs ?read ; unct:linkedTo ?linked }
