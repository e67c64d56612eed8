package annotate

import "hearsay"

// answers ties denials, confirmations and disputes to the statements that they answer.
func (a *analysis) answers(ss []hearsay.Statement, parts []attribution) {}
