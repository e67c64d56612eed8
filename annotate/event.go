package annotate

import "hearsay"

// events finds the meetings, visits, calls, interviews and summits that the report tells of.
func (a *analysis) events(ss []hearsay.Statement, parts []attribution, r *resolver) []hearsay.Event {
	return nil
}
