# A text in a language that is not official.
INSERT DATA { r:op1 unct:text "Fordert die Mitgliedstaaten auf;"@de }
