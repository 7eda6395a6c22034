# Nothing says what read the citation.
DELETE WHERE { r:op3-cit-draft unct:rule ?rule }
