# Nothing says whether the citation is resolved.
DELETE WHERE { r:op3-cit-draft unct:resolution ?state }
