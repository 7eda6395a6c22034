# Nothing says why the citation is unresolved.
DELETE WHERE { r:op3-cit-u1 unct:reason ?reason }
