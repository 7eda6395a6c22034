# The document is said to cite itself; a paragraph does.
INSERT DATA {
    doc:e-res-2031-7 unct:documentCites doc:e-res-2031-7 . r:op3 unct:cites doc:e-res-2031-7 .
    r:op3-cit-u1 unct:cited doc:e-res-2031-7 ; unct:resolution resolution:resolved } ;
DELETE DATA { r:op3-cit-u1 unct:reason "no body is known as the Board" ; unct:resolution resolution:unresolved }
