package annotate

import "hearsay"

// checks ties what the report says of the truth of statements to them.
func (a *analysis) checks(ss []hearsay.Statement, parts []attribution, r *resolver) {}
