package compare

import (
	"slices"
	"testing"
)

// TestQuotationsThatMoved holds words in quotation marks against what the other
// statement has for them elsewhere in its sentence.
func TestQuotationsThatMoved(t *testing.T) {
	for _, test := range []struct{ a, b, from, to string }{
		{"that “at our summit in Lithuania next month, we’re going to be building on that momentum.”", "that “we will build on this momentum” at the summit in Lithuania next month",
			"we’re going to be building on that momentum", "we will build on this momentum"},
		{"that “before the snow comes to Harrow pass, the whole valley has to be warned”", "that “the entire valley must be warned” before the snow comes to Harrow pass",
			"the whole valley has to be warned", "the entire valley must be warned"},
		// only moved
		{"that “at the summit in Harrow next month we will build on this momentum.”", "that “we will build on this momentum” at the summit in Harrow next month", "", ""},
		// moved and cut
		{"that “at the summit in Harrow next month we will build on this great momentum of ours.”", "that they would “build on this great momentum” at the summit in Harrow next month", "", ""},
		// moved, with a mark of omission
		{"that “at the summit in Harrow next month we will build very carefully on this momentum.”", "that “we will build … on this momentum” at the summit in Harrow next month", "", ""},
		// moved, and put in by the outlet
		{"that “at the summit in Harrow next month we will build on it and on nothing else.”", "that “we will build on [the momentum] and on nothing else” at the summit in Harrow next month", "", ""},
		// told indirectly
		{"that “at our summit in Harrow next month, we’re going to be building on that momentum.”", "that they would build on the momentum at the summit in Harrow next month", "", ""},
	} {
		a, b := krelSaid(t, test.a), krelSaid(t, test.b)
		v := Wording(a, b)
		at := slices.IndexFunc(v.Changes, func(c Change) bool { return c.Kind == QuotedWords })
		switch {
		case test.from == "" && at >= 0:
			t.Errorf("%s\n%s\nare held to differ: %q, %q", a.Text, b.Text, v.Changes[at].A.In(a.Text), v.Changes[at].B.In(b.Text))
		case test.from == "":
		case at < 0:
			t.Errorf("%s\n%s\nno words differ", a.Text, b.Text)
		case v.Changes[at].A.In(a.Text) != test.from || v.Changes[at].B.In(b.Text) != test.to:
			t.Errorf("%q > %q, want %q > %q", v.Changes[at].A.In(a.Text), v.Changes[at].B.In(b.Text), test.from, test.to)
		}
	}
}

// TestTurnedRound has claims that one word turns round, and others that say the same
// with a "not" and without.
func TestTurnedRound(t *testing.T) {
	for _, test := range []struct {
		a, b  string
		other bool
	}{
		{"the party had gained six seats", "the party had lost six seats", true},
		{"staff were attacked about 40 times every week", "“We record some 40 attacks on staff a day.”", true},
		{"the tunnel would reopen in the spring", "“The tunnel will reopen in autumn.”", true},
		{"the suspect was in his twenties", "the suspect was in his 40s", true},
		{"the suspect was in his twenties", "the suspect was in his 20s", false},
		{"rainfall was 80 per cent of the average", "rainfall was 80 per cent above the average", true},
		{"one of the five engines worked", "four of the five engines worked", true},
		{"both brothers were in the car", "one of the brothers was in the car", true},
		{"she was the third director in two years", "the museum had had five directors in two years", true},
		{"a second vote was impossible", "there would be a second vote", true},
		{"the office had yet to decide on charges", "the office had decided on charges", true},
		{"nobody on board was hurt", "several passengers were hurt", true},
		{"twice as many people were out of work", "half as many people were out of work", true},
		{"“We won't return to work unless the bonus is paid.”", "they would return to work only if the bonus was paid", false},
		{"“It isn't impossible that we will sell the organ.”", "the parish might sell its organ", false},
		{"the hearing had gone ahead without the lawyer", "the lawyer was absent from the hearing", false},
		{"“We had no choice but to close the mine.”", "the mine had to be closed", false},
		{"“It was the best result in a decade.”", "there had been no better result for ten years", false},
	} {
		a, b := krelSaid(t, test.a), krelSaid(t, test.b)
		if v := Wording(a, b); (v.Relation == Altered) != test.other {
			t.Errorf("%s\n%s\nare %s %v", a.Text, b.Text, v.Relation, told(v))
		}
	}
}
