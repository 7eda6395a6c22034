# Nothing has been read from paragraph 3 but what it cites and names.
DELETE WHERE { r:op3-rec1 ?p ?o } ; DELETE WHERE { r:op3-rec1-ev1 ?p ?o }
