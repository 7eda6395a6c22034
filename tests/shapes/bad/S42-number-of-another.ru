# A convention is given the number of another.
INSERT DATA {
    doc:other a unct:Convention ; unct:untsRegistration "27531" ; unct:untsVolume 2000 ;
        skos:prefLabel "a"@en, "b"@zh, "c"@fr, "d"@es, "e"@ru, "f"@ar }
