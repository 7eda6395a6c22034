# The words lie in another paragraph.
DELETE { r:pp1-dis1 unct:statedIn ?unit } INSERT { r:pp1-dis1 unct:statedIn r:pp2 }
WHERE { r:pp1-dis1 unct:statedIn ?unit }
