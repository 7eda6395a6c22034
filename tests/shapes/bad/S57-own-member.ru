# The group is its own member.
INSERT DATA { group:ct-conventions unct:hasGroupMember group:ct-conventions }
