# The source links to a report that no paragraph cites.
INSERT DATA { expression:e-res-2031-7.en unct:linksTo doc:e-cn.15-2031-5 }
