package compare

import (
	"testing"

	"hearsay"
)

// TestQuotationsAcrossAnInterruptionAreJoined wants two sentences on either side
// of "Ott said" that another report makes one to be seen, and a sentence that
// was only interrupted not.
func TestQuotationsAcrossAnInterruptionAreJoined(t *testing.T) {
	for _, test := range []struct {
		a      []string
		b      string
		joined bool
	}{
		{[]string{"“I had hoped to show you the orchard,”", "“What is left of it is in the river.”"}, "“I had hoped to show you the orchard, what is left of it is in the river,”", true},
		{[]string{"“I had hoped to show you the orchard,”", "“What is left of it is in the river.”"}, "“I had hoped to show you the orchard. What is left of it is in the river.”", false},
		{[]string{"“I had hoped to show you the orchard,”", "“but what is left of it is in the river.”"}, "“I had hoped to show you the orchard, but what is left of it is in the river,”", false},
		{[]string{"“We shall wait,”", "“I think, until the river falls.”"}, "“We shall wait, I think, until the river falls.”", false},
	} {
		a, b := direct(test.a...), direct(test.b)
		for _, v := range []Verdict{Wording(a, b), Wording(b, a)} {
			joined := false
			for _, c := range v.Changes {
				joined = joined || c.Kind == Joined
			}
			if joined != test.joined {
				t.Errorf("%q and %q: %s, %v", a.Text, b.Text, v.Relation, v.Changes)
			}
		}
	}
}

// direct is what Ott said in pieces.
func direct(pieces ...string) Said {
	doc, s := &hearsay.Document{}, &hearsay.Statement{Quoting: hearsay.Direct, Speaker: &hearsay.Mention{Name: "Mira Ott", Kind: hearsay.ByName}}
	for _, p := range pieces {
		if doc.Text != "" {
			doc.Text += " Ott said. "
		}
		s.Content = append(s.Content, hearsay.Span{Start: len(doc.Text), End: len(doc.Text) + len(p)})
		doc.Text += p
	}
	return Of(doc, s)
}
