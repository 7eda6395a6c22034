# A second resource, at the same end of another path, carries the symbol.
INSERT DATA { <https://example.org/a-res-85-12> a unct:Resolution ; unct:symbol "A/RES/85/12" ; unct:adoptedBy entity:ga }
