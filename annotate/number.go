package annotate

import "hearsay"

// quantities finds the numbers that the statements claim.
func (a *analysis) quantities(ss []hearsay.Statement, parts []attribution, r *resolver) {}
