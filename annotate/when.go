package annotate

import "hearsay"

// times says when each statement was said, and which times its content tells of.
func (a *analysis) times(ss []hearsay.Statement, parts []attribution) {
	found := a.moments()
	_ = found
}
