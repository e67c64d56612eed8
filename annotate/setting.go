package annotate

import "hearsay"

// setting says to whom, through which medium and where each statement was said.
func (a *analysis) setting(ss []hearsay.Statement, parts []attribution, r *resolver) {}
