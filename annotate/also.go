package annotate

import "hearsay"

// voices adds those who are said to have said the same.
func (a *analysis) voices(ss []hearsay.Statement, parts []attribution, r *resolver) {}
