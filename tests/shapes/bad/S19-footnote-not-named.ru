# The evidence lies in a footnote that the citation does not name.
DELETE DATA { r:pp2-cit-crc unct:viaFootnote r:fn1 }
