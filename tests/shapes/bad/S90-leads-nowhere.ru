# The link leads to nothing.
DELETE WHERE { r:pp1-dis1 unct:linkedTo ?linked }
