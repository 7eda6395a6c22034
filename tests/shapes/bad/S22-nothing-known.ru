# The handbook, once cited, has no producer.
DELETE WHERE { doc:handbook unct:producedBy ?entity } ;
DELETE DATA { r:op3-cit-u1 unct:reason "no body is known as the Board" ; unct:resolution resolution:unresolved } ;
INSERT DATA { r:op3-cit-u1 unct:resolution resolution:resolved ; unct:cited doc:handbook }
