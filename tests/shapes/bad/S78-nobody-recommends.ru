# No resolution carries the draft; nothing else identifies it. Also: S22.
DELETE WHERE { doc:e-res-2031-7 unct:recommendsAdoptionOf ?draft }
