# Two texts in one language.
INSERT DATA { r:op1 unct:text "Urges Member States to do more;"@en }
