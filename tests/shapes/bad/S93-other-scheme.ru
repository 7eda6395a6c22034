# The kind of reason is a state.
INSERT DATA { r:op3-cit-u1 unct:reasonKind resolution:unresolved } ;
DELETE WHERE { r:op3-cit-u1 unct:reasonKind reason:series-unknown }
