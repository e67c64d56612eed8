package annotate

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"hearsay"
)

// claimedIn returns the quantities of a text that is one content.
func claimedIn(a *Annotator, text string) []hearsay.Quantity {
	d := &hearsay.Document{Text: text, Blocks: []hearsay.Block{{Kind: hearsay.Paragraph, Span: hearsay.Span{End: len(text)}}}}
	x := a.analyse(d)
	parts := []attribution{{content: []words{{0, len(x.ts)}}}}
	ss := make([]hearsay.Statement, 1)
	x.quantities(ss, parts, newResolver(x, nil))
	return ss[0].Numbers
}

// asLine writes a quantity as the fixtures do.
func asLine(q hearsay.Quantity, text string) string {
	value := strconv.FormatFloat(q.Value, 'f', -1, 64)
	if q.Upto != 0 {
		value += ".." + strconv.FormatFloat(q.Upto, 'f', -1, 64)
	}
	unit, holder := q.Unit, ""
	if q.Share {
		unit = strings.TrimSpace("% " + unit)
	}
	if q.Holder != nil {
		holder = q.Holder.In(text)
		if q.Holder.Name != "" && q.Holder.Name != holder {
			holder += "=" + q.Holder.Name
		}
	}
	return strings.TrimRight(fmt.Sprintf("= %s | %s | %s | %s | %s | %s | %s", q.In(text), value, q.Bound, unit, q.Of.In(text), holder, q.Did), " |")
}

// squeezed takes the blanks about the strokes out of a line.
func squeezed(line string) string {
	f := strings.Split(line, "|")
	for i := range f {
		f[i] = strings.TrimSpace(f[i])
	}
	return strings.TrimRight(strings.Join(f, "|"), "|")
}

// TestNumbers reads the fixtures.
func TestNumbers(t *testing.T) {
	b, err := os.ReadFile("testdata/numbers.txt")
	if err != nil {
		t.Fatal(err)
	}
	a := load(t)
	text, cases := "", 0
	var want []string
	check := func() {
		if text == "" {
			return
		}
		cases++
		var got []string
		for _, q := range claimedIn(a, text) {
			got = append(got, squeezed(asLine(q, text)))
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s\n got %s\nwant %s", text, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
		}
	}
	for line := range strings.SplitSeq(string(b)+"\n#", "\n") {
		switch {
		case line == "-":
		case strings.HasPrefix(line, "= "):
			want = append(want, squeezed(line))
		default:
			check()
			text, want = "", nil
			if line != "" && line[0] != '#' {
				text = line
			}
		}
	}
	if cases < 60 {
		t.Errorf("%d cases", cases)
	}
	t.Logf("%d cases", cases)
}

// TestNumberHolders holds the numbers of whole reports against what their
// speakers and pronouns give.
func TestNumberHolders(t *testing.T) {
	a := load(t)
	for _, c := range []struct{ text, number, holder, name, did string }{
		{"Hollis Capital said it had sold 40 boats.", "40 boats", "it", "Hollis Capital", "sell"},
		{"Mayor Ann Ott said she had bought two horses.", "two horses", "she", "Ann Ott", "buy"},
		{"“I lost 12 sheep,” said farmer Ivo Brand.", "12 sheep", "I", "Ivo Brand", "lose"},
		{"Ivo Brand promised to send 12 lorries.", "12 lorries", "Ivo Brand", "Ivo Brand", "send"},
		{"Ann Ott said that Thorn had lost 40 jobs.", "40 jobs", "Thorn", "Thorn", "lose"},
		{"“We lost 12 boats,” said farmer Ivo Brand.", "12 boats", "", "", "lose"},
		{"Norvane Foods said operating profit would fall to €90m.", "€90m", "Norvane Foods", "Norvane Foods", "fall"},
		{"The Ansa glacier is old. Ann Ott said the glacier had shed 40 tonnes of ice.", "40 tonnes of ice", "the glacier", "Ansa glacier", "shed"},
		{"Veldany accused Norvik of torpedoing one of its ferries.", "one of its ferries", "its", "Veldany", "torpedo"},
		{"“They promised me a dozen lorries,” said farmer Ivo Brand.", "a dozen lorries", "", "", ""},
	} {
		ok := false
		var all []string
		for _, s := range a.Statements(report(c.text)) {
			for _, q := range s.Numbers {
				all = append(all, asLine(q, c.text))
				holder, name := "", ""
				if q.Holder != nil {
					holder, name = q.Holder.In(c.text), q.Holder.Name
				}
				ok = ok || q.In(c.text) == c.number && holder == c.holder && name == c.name && q.Did == c.did
				if q.Holder != nil && q.Holder.Name == "" && q.Holder.Why == "" {
					t.Errorf("%s: no reason for a holder without a name", c.text)
				}
			}
		}
		if !ok {
			t.Errorf("%s: %q", c.text, all)
		}
	}
}

// TestNumbersOfHostileText reads what no report holds, without a panic.
func TestNumbersOfHostileText(t *testing.T) {
	a := load(t)
	for _, unit := range []string{
		"1 ", "1,", "1-", "1 to ", "two ", "two-", "a hundred and ", "half a ", "hundreds of ", "one in ", "$", "$1", "(1-mile) ", "1/2 ", "1/", "of 1 ", "and 1 ",
		"more than ", "1 of the ", "its 1 ", "x's 1 ", "lost 1 ", "lost and 1 ", "to lose 1 ", "which lost 1, ", "1 percent ", "a few hundred ", "-1 ", "1m ", "1bn-", "½", "minus ",
		"999999999999999999999 ", "1.1.1 ", "million ", "million-", "’s ", "one and a half ", "1e9 ", "US$", "(((1", "1 tanks, 1 ships and ", "“1 ", "no fewer than 1 or more ",
		"a single ", "for an hour ", "a minute or two ", "by six, ", "bids, worth $1 ", "an offer of 1 ", "one of its ", "in one quarter ", "that feed 1 cities ", "the Ansa glacier lost 1 ",
	} {
		for _, n := range []int{1, 2, 3, 400} {
			claimedIn(a, strings.Repeat(unit, n))
			claimedIn(a, "Lost "+strings.Repeat(unit, n)+"tanks.")
		}
	}
}

// TestNumberLexicon names what is wrong in a line.
func TestNumberLexicon(t *testing.T) {
	n := newNumberWords()
	for _, c := range []struct {
		read func(string) error
		line string
	}{
		{n.numberLine, "small one=1"}, {n.numberLine, "small: one=x"}, {n.numberLine, "tiny: one=1"}, {n.unitLine, "length metre"}, {n.unitLine, "time"},
		{n.boundLine, "nearby: close to"}, {n.boundLine, "about: around | | some"}, {n.verbLine, "!"},
	} {
		if c.read(c.line) == nil {
			t.Errorf("no error for %q", c.line)
		}
	}
}

// TestRepeatedNumber holds that a statement which goes on from a headline has a
// number of it once.
func TestRepeatedNumber(t *testing.T) {
	text := "Norvik lost 40 boats\n\nNorvik lost 40 boats and nine barges"
	d := &hearsay.Document{Text: text, Blocks: []hearsay.Block{
		{Kind: hearsay.Heading, Span: hearsay.Span{End: 20}},
		{Kind: hearsay.Paragraph, Span: hearsay.Span{Start: 22, End: len(text)}},
	}}
	x := load(t).analyse(d)
	ss := make([]hearsay.Statement, 1)
	x.quantities(ss, []attribution{{content: []words{{0, len(x.ts)}}}}, newResolver(x, nil))
	if len(ss[0].Numbers) != 2 {
		t.Errorf("%d numbers: %+v", len(ss[0].Numbers), ss[0].Numbers)
	}
}
