# The citation has two kinds of reason.
INSERT DATA { r:op3-cit-u1 unct:reasonKind reason:title-unknown }
