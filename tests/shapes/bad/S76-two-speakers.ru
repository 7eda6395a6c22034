# Two bodies speak at once.
INSERT DATA { r:op1 unct:speaker entity:sc }
