package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"hearsay"
	"hearsay/compare"
)

func quoteOf(name, words string) compare.Said {
	doc := &hearsay.Document{Text: words, Lang: "en"}
	return compare.Of(doc, &hearsay.Statement{
		Content: []hearsay.Span{{End: len(words)}}, Quoting: hearsay.Direct, Speaker: &hearsay.Mention{Kind: hearsay.ByName, Name: name},
	})
}

func TestDifferencesAreShownAsPeopleExpect(t *testing.T) {
	for _, c := range [][3]string{
		{"“The dam will hold for ever,”", "“The dam will hold for ever,”", "“The dam will hold for ever,”"},
		{"“We sent four frigates to the strait.”", "“We sent fourteen frigates to the strait.”", "“We sent [-four-]{+fourteen+} frigates to the strait.”"},
		{"“We will never sell the harbour.”", "“We will sell the harbour.”", "“We will [-never-] sell the harbour.”"},
		{"“We will sell the harbour.”", "“We will not sell the harbour!”", "“We will {+not+} sell the harbour!”"},
		{"“The toll rose to $40 in May,”", "“The toll rose to $60 in May,”", "“The toll rose to $[-40-]{+60+} in May,”"},
	} {
		a, b := quoteOf("Ana Krel", c[0]), quoteOf("Ana Krel", c[1])
		v := compare.Wording(a, b)
		if got := written(difference(a.Text, b.Text, v.Edits, false)); got != c[2] {
			t.Errorf("%s\n%s\nis shown as\n%s\nwant\n%s", c[0], c[1], got, c[2])
		}
	}
}

var (
	cutWords   = regexp.MustCompile(`\[-.*?-\]`)
	putInMarks = regexp.MustCompile(`\{\+(.*?)\+\}`)
)

// Without what was cut, a difference is the second text.
func TestADifferenceHoldsTheSecondText(t *testing.T) {
	var all []compare.Said
	for _, file := range []string{"testdata/remarks/record.txt", "testdata/remarks/reworded.txt", "../../examples/summit.txt", "../../examples/dam-gazette.txt"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, paragraph := range strings.Split(string(text), "\n\n") {
			all = append(all, quoteOf("Ana Krel", paragraph))
		}
	}
	plainWords := func(s string) string { return strings.Join(foldedWords(s), " ") }
	for i := range all {
		a, b := all[i], all[(i*7+3)%len(all)]
		shown := written(difference(a.Text, b.Text, compare.Wording(a, b).Edits, false))
		if got := plainWords(putInMarks.ReplaceAllString(cutWords.ReplaceAllString(shown, " "), "$1")); got != plainWords(b.Text) {
			t.Fatalf("%s\n%s\nis shown as\n%s", a.Text, b.Text, shown)
		}
	}
}

func TestInMarks(t *testing.T) {
	for text, want := range map[string]string{
		"that “we will build” on it":       "we will build",
		"no marks":                         "no marks",
		"‘It’s the company’s,’ he":         "It’s the company’s,",
		"“one” and “two":                   "one|two",
		"called it \"so-so\" and \"late\"": "so-so|late",
		"":                                 "",
	} {
		var got []string
		for _, s := range inMarks(text) {
			got = append(got, s.In(text))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
