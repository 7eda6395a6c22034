# A unit without a span has no text.
DELETE WHERE { r:fn1 unct:text ?text } ;
DELETE { ?span ?p ?o } WHERE { ?span unct:inUnit r:fn1 ; ?p ?o } ;
DELETE DATA { r:pp2-cit-crc unct:evidence r:pp2-cit-crc-ev2 . r:pp2-cit-crc-opac unct:evidence r:pp2-cit-crc-opac-ev2 }
