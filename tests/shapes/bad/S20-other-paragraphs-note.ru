# The citation goes through a note of another paragraph.
INSERT DATA { r:pp1-cit-a-res-72-284 unct:viaFootnote r:fn1 }
