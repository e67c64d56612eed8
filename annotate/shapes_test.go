package annotate

import (
	"fmt"
	"strings"
	"testing"
)

// tellingShapes are reports that give the settings of statements and the events
// much to do.
var tellingShapes = map[string]func(n int) string{
	"interviews":         func(n int) string { return strings.Repeat("Ott spoke to CNN about it. She said it was. ", n) },
	"meetings":           func(n int) string { return strings.Repeat("Ott met Brand in Harrow. ", n) },
	"summits":            func(n int) string { return strings.Repeat("The NATO Summit in Harrow was held. ", n) },
	"summits of":         func(n int) string { return strings.Repeat("summit of the ", n) },
	"talks between":      func(n int) string { return strings.Repeat("talks between Ott and Brand in ", n) },
	"met without end":    func(n int) string { return strings.Repeat("She met Ott, Brand and ", n) },
	"visits without end": func(n int) string { return strings.Repeat("a visit to Harrow by Ott and ", n) },
	"received":           func(n int) string { return "Ott received " + strings.Repeat("at the office, ", n) },
	"reached":            func(n int) string { return strings.Repeat("who reached him by telephone, ", n) },
	"who":                func(n int) string { return strings.Repeat("Ott, who is to meet ", n) },
	"times":              func(n int) string { return strings.Repeat("met Brand on Monday and on Tuesday ", n) },
	"told":               func(n int) string { return strings.Repeat("He told her that ", n) },
	"told in quotation":  func(n int) string { return "“" + strings.Repeat("They told me that ", n) + "”" },
	"tellings": func(n int) string {
		return strings.Repeat("“Yes,” he told Ott in a letter. “No.” She added. ", n)
	},
	"quotation of many": func(n int) string { return "He said: " + strings.Repeat("“Yes, I met Brand.” ", n) },
	"media":             func(n int) string { return strings.Repeat("in an interview with the journal Cold Regions and ", n) },
	"thanked":           func(n int) string { return strings.Repeat("He thanked Ott, Brand, ", n) },
	"asked by":          func(n int) string { return strings.Repeat("asked by ", n) + "Ott, she said yes." },
	"urged":             func(n int) string { return strings.Repeat("urged both the ", n) + "sides to stop." },
	"conferences":       func(n int) string { return strings.Repeat("She told a party conference in Harrow on Monday, ", n) },
	"other people": func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "Ann O%s met Emil B%s in H%s. ", letters(i), letters(i+7), letters(i/3))
		}
		return b.String()
	},
	"other summits": func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "The %s summit in H%s was held. ", strings.ToUpper(letters(i)), letters(i))
		}
		return b.String()
	},
}

// letters writes a number in letters.
func letters(n int) string {
	s := "a"
	for ; n > 0; n /= 20 {
		s += string("bcdfghjklmnpqrstvwxz"[n%20])
	}
	return s
}

// TestTellingShapes reads every shape at a length that takes minutes where the
// cost of settings and events is not linear in it.
func TestTellingShapes(t *testing.T) {
	a := load(t)
	for name, shape := range tellingShapes {
		t.Run(name, func(t *testing.T) {
			d := report(shape(10_000))
			ss, _ := a.Annotate(d)
			if err := check(d, ss); err != nil {
				t.Error(err)
			}
		})
	}
}
