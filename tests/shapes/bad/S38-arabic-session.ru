# A resolution of 1972 is cited in the later form.
DELETE WHERE { doc:a-res-85-12 ?p ?o } ; DELETE WHERE { r:draft unct:adoptedAs ?resolution } ;
INSERT DATA { doc:a-res-27-3035 a unct:Resolution ; unct:symbol "A/RES/27/3035" ; unct:adoptedBy entity:ga }
