package compare

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"hearsay"
)

func TestTheFilesOfWordsAreRead(t *testing.T) {
	if _, err := readTables(); err != nil {
		t.Fatal(err)
	}
}

const krel = "Ana Krel | 2026-03-04 | The Herald | mayor"

func TestOfKeepsPiecesAndQuotationMarks(t *testing.T) {
	doc := &hearsay.Document{Text: `“We will rebuild,” she said, “and soon.” The wall was “old”.`}
	s := &hearsay.Statement{Quoting: hearsay.Direct}
	for _, piece := range []string{"“We will rebuild,”", "“and soon.”"} {
		at := strings.Index(doc.Text, piece)
		s.Content = append(s.Content, hearsay.Span{Start: at, End: at + len(piece)})
	}
	said := Of(doc, s)
	if want := "“We will rebuild,” “and soon.”"; said.Text != want {
		t.Fatalf("got %q, want %q", said.Text, want)
	}
	for _, w := range said.words {
		if w.quote == 0 {
			t.Errorf("%q is not quoted", w.In(said.Text))
		}
	}
	mixed := krelSaid(t, "the wall was “old and weak” and had to go")
	var quoted []string
	for _, w := range mixed.words {
		if w.quote != 0 {
			quoted = append(quoted, w.In(mixed.Text))
		}
	}
	if got := strings.Join(quoted, " "); got != "old and weak" {
		t.Errorf("quoted are %q", got)
	}
}

func krelSaid(t testing.TB, content string) Said { return said(t, krel, content) }

func TestEditsShowWhatChanged(t *testing.T) {
	a := krelSaid(t, "“The commitment of the town to its harbour is rock solid.”")
	b := krelSaid(t, "the town's commitment to its harbour was “very solid”")
	v := Wording(a, b)
	if v.Relation != Altered || !slices.ContainsFunc(v.Changes, func(c Change) bool {
		return c.Kind == QuotedWords && strings.Contains(c.A.In(a.Text), "rock") && strings.Contains(c.B.In(b.Text), "very")
	}) {
		t.Errorf("got %+v", v)
	}
	rebuilds(t, a, b, v)
}

// rebuilds holds the edits to the texts that they are of.
func rebuilds(t testing.TB, a, b Said, v Verdict) {
	t.Helper()
	var one, other strings.Builder
	for _, e := range v.Edits {
		one.WriteString(e.A.In(a.Text))
		other.WriteString(e.B.In(b.Text))
	}
	if one.String() != a.Text || other.String() != b.Text {
		t.Errorf("the edits give\n%q\n%q, want\n%q\n%q", one.String(), other.String(), a.Text, b.Text)
	}
}

func TestNumbersOfWords(t *testing.T) {
	for _, c := range []struct {
		text, unit string
		value      float64
	}{
		{"ten ships", "", 10}, {"1,200 ships", "", 1200}, {"two and a half million ships", "", 2.5e6}, {"2.5m ships", "", 2.5e6},
		{"a hundred and ten ships", "", 110}, {"twenty-one ships", "", 21}, {"half a million ships", "", 5e5}, {"a dozen ships", "", 12},
		{"two dozen ships", "", 24}, {"three hundred thousand ships", "", 3e5}, {"five thousand two hundred ships", "", 5200},
		{"$5 million", "dollar", 5e6}, {"€5bn", "euro", 5e9}, {"12 per cent", "percent", 0.12}, {"12%", "percent", 0.12}, {"50km", "kilometre", 50},
		{"two thirds of the ships", "", 2.0 / 3}, {"a third of the ships", "", 1.0 / 3}, {"a quarter of the ships", "", 0.25},
		{"one in three", "", 1.0 / 3}, {"an hour and a half", "hour", 1.5}, {"the 21st ship", "", 21}, {"the twenty-first ship", "", 21},
	} {
		s := krelSaid(t, c.text)
		i := slices.IndexFunc(s.words, func(w word) bool { return w.class&(number|ordinal) != 0 })
		if i < 0 {
			t.Errorf("%s: no number", c.text)
			continue
		}
		if w := s.words[i]; w.value != c.value || w.unit.name != c.unit {
			t.Errorf("%s: got %v %q, want %v %q", c.text, w.value, w.unit.name, c.value, c.unit)
		}
	}
}

func TestShortStatementsAreNotTiedByWordsAlone(t *testing.T) {
	for _, c := range []struct {
		a, b     string
		relation Relation
		sure     bool
	}{
		{krel, "Ana Krel | 2026-03-04 | Kestrel News | mayor", Same, true},
		{krel, "Ana Krel | 2026-09-18 | Kestrel News | mayor", Different, false},
		{krel, "Emil Brand | 2026-03-04 | Kestrel News | minister", Different, false},
		{krel, " | 2026-03-04 | Kestrel News |", Same, false},
		{krel, "Ana Krel | | Kestrel News | mayor", Same, false},
	} {
		v := Wording(said(t, c.a, "“We will win.”"), said(t, c.b, "“We will win,”"))
		if v.Relation != c.relation || v.Sure != c.sure {
			t.Errorf("%s, %s: got %s, sure %v", c.a, c.b, v.Relation, v.Sure)
		}
	}
}

func TestADenialIsNotTheClaim(t *testing.T) {
	doc := &hearsay.Document{Text: "the army had shelled the grain silos of Harrow"}
	s := &hearsay.Statement{Quoting: hearsay.Indirect, Content: []hearsay.Span{{Start: 0, End: len(doc.Text)}}}
	claim := Of(doc, s)
	s.Force = hearsay.Deny
	denial := Of(doc, s)
	if v := Wording(claim, denial); v.Relation != Altered || v.Changes[0].Kind != NegationChanged {
		t.Errorf("a denial: got %+v", v)
	}
	s.Force, s.Negated = hearsay.Say, true
	if v := Wording(claim, Of(doc, s)); v.Relation != Altered || v.Changes[0].Kind != NegationChanged {
		t.Errorf("not said: got %+v", v)
	}
}

// TestKeysAreStable fails where the keys of a statement changed: a store must
// then make its keys again, and KeyVersion must change.
func TestKeysAreStable(t *testing.T) {
	sum := uint64(KeyVersion)
	for _, text := range []string{
		"“We will rebuild the harbour wall by the spring, whatever it costs.”", "no comment", "more than 160 tanks had been lost near Harrow",
		"they were unable to reach the eleven fishermen on the reef", "the minister's resignation was not expected before Tuesday",
	} {
		for _, k := range Keys(krelSaid(t, text)) {
			sum = mix(sum, k)
		}
	}
	if got, want := fmt.Sprintf("%016x", sum), "de8d7c4a38577d86"; got != want {
		t.Errorf("the keys are %s and were %s: change KeyVersion and this line", got, want)
	}
}

func TestKeysAreFew(t *testing.T) {
	long := krelSaid(t, strings.Repeat("harbour walls and ferries of granite under a leaden sky in Marenia ", 500))
	if n := len(Keys(long)); n > mostKeys {
		t.Errorf("%d keys, want at most %d", n, mostKeys)
	}
	if n := len(Keys(krelSaid(t, "yes"))); n == 0 {
		t.Error("a short statement has no key")
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct {
		a, b Known
		want Naming
	}{
		{Known{Name: "Volodymyr Zelensky"}, Known{Name: "Volodymyr Zelenskyy"}, Naming{Tied, WhyFullName}},
		{Known{Name: "President Joe Biden"}, Known{Name: "Joseph R. Biden Jr."}, Naming{Tied, WhyFullName}},
		{Known{Name: "Inés Varga"}, Known{Name: "Ines Varga"}, Naming{Tied, WhyFullName}},
		{Known{Name: "Xi Jinping"}, Known{Name: "Jinping Xi"}, Naming{Tied, WhyFullName}},
		{Known{Name: "Kim Jong-un"}, Known{Name: "Kim Jong Un"}, Naming{Tied, WhyFullName}},
		{Known{Name: "Ann M. Ott"}, Known{Name: "Ann Ott"}, Naming{Tied, WhyFullName}},
		{Known{Name: "Ann Ott"}, Known{Name: "Emil Ott"}, Naming{NotTied, WhyGivenName}},
		{Known{Name: "A. Ott"}, Known{Name: "Ann Ott"}, Naming{MayTie, WhyGivenName}},
		{Known{Name: "Ott", Role: "mayor of Harrow"}, Known{Name: "Ann Ott", Role: "mayor"}, Naming{Tied, WhySurnameRole}},
		{Known{Name: "Ott", Role: "mayor", Bearers: 2}, Known{Name: "Ann Ott", Role: "mayor"}, Naming{MayTie, WhySurnameRole}},
		{Known{Name: "Ott"}, Known{Name: "Ann Ott", Role: "mayor"}, Naming{MayTie, WhySurname}},
		{Known{Name: "Ott", Role: "French president"}, Known{Name: "Ann Ott", Role: "Polish president"}, Naming{NotTied, WhyRole}},
		{Known{Name: "Ott", Role: "surgeon"}, Known{Name: "Ann Ott", Role: "mayor"}, Naming{NotTied, WhyRole}},
		{Known{Role: "French president"}, Known{Role: "President of France"}, Naming{MayTie, WhyRole}},
		{Known{Name: "Jens Stoltenberg", Role: "NATO Secretary General"}, Known{Role: "outgoing NATO chief"}, Naming{MayTie, WhyRole}},
		{Known{Name: "Anna Кrel"}, Known{Name: "Anna Krel"}, Naming{MayTie, WhyLookalike}},
		{Known{Name: "Antony Blinken"}, Known{Name: "Antony Blinkem"}, Naming{MayTie, WhyMisspelling}},
		{Known{Name: "Ann Ott"}, Known{Name: "Emil Brand"}, Naming{NotTied, WhyOtherName}},
		{Known{Name: "Ministry of Defence", Kind: hearsay.ByOrganisation}, Known{Name: "Defense Ministry", Kind: hearsay.ByOrganisation}, Naming{Tied, WhyFullName}},
		{Known{Name: "NATO", Kind: hearsay.ByOrganisation}, Known{Name: "Anders Nato", Kind: hearsay.ByName}, Naming{NotTied, WhyKind}},
		{Known{}, Known{Name: "Ann Ott"}, Naming{}},
	} {
		if got := Names(c.a, c.b); got != c.want {
			t.Errorf("%+v, %+v: got %v, want %v", c.a, c.b, got, c.want)
		}
		if got := Names(c.b, c.a); got != c.want {
			t.Errorf("%+v, %+v the other way: got %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

func TestNumbers(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2023, 6, d, 0, 0, 0, 0, time.UTC) }
	on := func(c Claim, speaker string, d int) Claim {
		c.Speaker, c.Published = Known{Name: speaker}, day(d)
		return c
	}
	lost := func(holder string, v float64, b hearsay.Bound) Claim {
		return Claim{Value: v, Bound: b, Unit: "tank", Holder: holder, Did: "lose"}
	}
	mine, theirs := lost("Marenia", 160, hearsay.MoreThan), lost("Belland", 54, hearsay.Exactly)
	for i, c := range []struct {
		a, b Claim
		want Standing
	}{
		{on(theirs, "Ann Ott", 13), on(lost("Belland", 114, hearsay.Exactly), "Emil Brand", 14), Conflict},
		{on(mine, "Ann Ott", 13), on(lost("Marenia", 186, hearsay.Exactly), "Ann Ott", 16), Agree},
		{on(lost("Marenia", 160, hearsay.Exactly), "Ann Ott", 13), on(lost("Marenia", 186, hearsay.Exactly), "Ann Ott", 16), Revision},
		{on(lost("Marenia", 186, hearsay.Exactly), "Ann Ott", 16), on(lost("Marenia", 259, hearsay.Exactly), "Ann Ott", 27), Revision},
		{on(mine, "Ann Ott", 13), on(theirs, "Ann Ott", 13), Apart},
		{on(mine, "Ann Ott", 13), on(lost("Marenia", 150, hearsay.About), "Emil Brand", 13), Agree},
		{on(mine, "Ann Ott", 13), on(lost("Marenia", 100, hearsay.LessThan), "Emil Brand", 13), Conflict},
		{on(mine, "Ann Ott", 13), on(Claim{Value: 20, Unit: "ship", Holder: "Marenia", Did: "lose"}, "Emil Brand", 13), Apart},
		{on(theirs, "Ann Ott", 13), on(lost("Belland", 15, hearsay.Exactly), "Emil Brand", 1), Apart},
		{on(Claim{Value: 100, Unit: "kilometre", Of: "front"}, "Ann Ott", 13), on(Claim{Value: 62, Unit: "mile", Of: "the front"}, "Emil Brand", 13), Agree},
		{on(Claim{Value: 0.25, Share: true, Of: "vehicles"}, "Ann Ott", 13), on(Claim{Value: 0.4, Share: true, Of: "the vehicles"}, "Emil Brand", 13), Conflict},
	} {
		if got := Numbers(c.a, c.b); got != c.want {
			t.Errorf("%d: got %s, want %s", i, got, c.want)
		}
		shared := share(QuantityKeys(c.a), QuantityKeys(c.b))
		if c.want != Apart && !shared {
			t.Errorf("%d: no key in common", i)
		}
	}
	told := Days{"2022-01-01", "2022-12-31"}
	a, b := on(theirs, "Ann Ott", 13), on(lost("Belland", 114, hearsay.Exactly), "Emil Brand", 13)
	a.Told, b.Told = told, Days{"2023-01-01", "2023-06-13"}
	if got := Numbers(a, b); got != Apart {
		t.Errorf("of two years: got %s, want %s", got, Apart)
	}
}
