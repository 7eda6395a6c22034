# The symbol of an emergency special session lacks its hyphen.
DELETE DATA { doc:a-res-85-12 unct:symbol "A/RES/85/12" . r:draft unct:adoptedAs doc:a-res-85-12 } ;
INSERT DATA { doc:a-res-es11-1 a unct:Resolution ; unct:symbol "A/RES/ES11/1" ; unct:adoptedBy entity:ga } ;
DELETE WHERE { doc:a-res-85-12 ?p ?o }
