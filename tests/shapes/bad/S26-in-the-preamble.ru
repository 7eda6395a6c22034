# A preambular paragraph asks somebody.
DELETE DATA { r:op1-man1 unct:statedIn r:op1 ; unct:evidence r:op1-man1-ev1 } ;
INSERT DATA {
    r:op1-man1 unct:statedIn r:pp1 ; unct:evidence r:pp1-cit-a-res-72-284-ev1 .
    r:op1-man2 a unct:Recognition ; unct:statedIn r:op1 ; unct:function function:urge ; unct:evidence r:op1-man1-ev1 }
