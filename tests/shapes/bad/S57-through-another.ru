# Two groups hold one another.
INSERT DATA {
    group:ct-conventions unct:hasGroupMember group:other .
    group:other a unct:InstrumentGroup ; unct:hasGroupMember group:ct-conventions ;
        skos:prefLabel "a"@en, "b"@zh, "c"@fr, "d"@es, "e"@ru, "f"@ar }
