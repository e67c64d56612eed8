package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"hearsay"
)

// quoted is a report of one statement, with a content and a speaker.
func quoted(content, speaker string) item {
	it := item{doc: &hearsay.Document{Outlet: "Harbour Gazette", Lang: "en", Published: time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)}}
	finishMade(it.doc, content+" "+speaker+" said.")
	s := hearsay.Statement{
		Content: []hearsay.Span{{End: len(content)}},
		Cue:     hearsay.Cue{Span: hearsay.Span{Start: len(it.doc.Text) - 5, End: len(it.doc.Text) - 1}},
		Speaker: &hearsay.Mention{Span: hearsay.Span{Start: len(content) + 1, End: len(content) + 1 + len(speaker)}, Name: speaker, Kind: hearsay.ByName},
	}
	s.ID = hearsay.StatementID(it.doc.ID, s.Cue.Span)
	it.statements = []hearsay.Statement{s}
	return it
}

func TestFindByWords(t *testing.T) {
	contents := []string{
		"“The dam will hold,”",
		"They don’t hold. The dam, a dam of earth, will not.",
		"The O’Brien inquiry cost €1,200.50 on 24-hour watch at www.dam.example/x_y",
		"Die Straße nach Łódź und Zürich ist frei",
		"Киев не сдался, сказал он",
		"sanctions sanctioned and sanctioning AND NOT OR NEAR(x)",
		"naïve cafés in São Paulo",
		"it's \"quoted\" : * ^ {brackets} (and) -minus +plus",
	}
	onBoth(t, func(t *testing.T, name func() string) {
		l := ledgerOf(t, name())
		for _, c := range contents {
			add(t, l, quoted(c, "Ana Krel"))
		}
		for _, c := range []struct {
			words string
			want  []int
		}{
			{"dam", []int{1, 0, 2}}, // said twice first
			{"DAM hold", []int{0, 1}},
			{`"dam will"`, []int{0}},
			{`“the dam”`, []int{0, 1}},
			{`"dam hold"`, nil},
			{`"dam will hold`, []int{0}},
			{"don't", []int{1}},
			{"dont", nil},
			{"o'brien", []int{2}},
			{"1,200.50", []int{2}},
			{"24-hour", []int{2}},
			{"hour-24", nil},
			{"www.dam.example", []int{2}},
			{"zurich", []int{3}},
			{"straße", []int{3}},
			{"киев", []int{4}},
			{"сда*", []int{4}},
			{"sanction", nil},
			{"sanction*", []int{5}},
			{"sanc* near", []int{5}},
			{`"and not or ne"*`, []int{5}},
			{`"and sanctioned a*"`, nil},
			{"AND", []int{5, 7}},
			{"cafes SÃO", []int{6}},
			{`it's "quoted"`, []int{7}},
			{"*", nil},
			{`"`, nil},
			{"' OR 1=1 --", nil},
			{"content : dam", nil},
			{"-minus", []int{7}},
			{"\x00dam", []int{1, 0, 2}},
			{"\xff\xfe", nil},
			{"(", nil},
		} {
			found, err := l.Find(context.Background(), Query{Words: c.words})
			if err != nil {
				t.Errorf("%s: %v", c.words, err)
				continue
			}
			var got []int
			for _, r := range found.Records {
				words, _, _ := r.Words(r.Content[0])
				got = append(got, slices.Index(contents, words))
			}
			if c.words == "AND" {
				slices.Sort(got)
			}
			if c.words != "dam" && c.words != "\x00dam" {
				slices.Sort(got)
			}
			if !slices.Equal(got, c.want) || found.Total != len(c.want) {
				t.Errorf("%q: found %v of %d, want %v", c.words, got, found.Total, c.want)
			}
		}
	})
}

func TestFindBySpeaker(t *testing.T) {
	onBoth(t, func(t *testing.T, name func() string) {
		l := ledgerOf(t, name())
		for i, who := range []string{"Inés Varga", "Ines Varga", "Inés Varga Ott", "Jens Ole Brandt"} {
			add(t, l, quoted(fmt.Sprintf("Statement %d", i), who))
		}
		it := quoted("Statement 4", "a senior official")
		it.statements[0].Speaker.Name, it.statements[0].Speaker.Kind = "", hearsay.ByAnonymous
		it.statements[0].Also = []hearsay.Voice{{Mention: hearsay.Mention{Span: it.statements[0].Cue.Span, Name: "Runa Sellic"}}}
		add(t, l, it)
		for _, c := range []struct {
			q    Query
			want int
		}{
			{Query{Speaker: "varga"}, 3},
			{Query{Speaker: "INES VARGA"}, 3},
			{Query{Speaker: "ines varga", Whole: true}, 2},
			{Query{Speaker: "varga ines"}, 0},
			{Query{Speaker: "ole"}, 1},
			{Query{Speaker: "senior official"}, 1},
			{Query{Speaker: "sellic"}, 1},
			{Query{Speaker: "Runa Sellic", Whole: true}, 1},
			{Query{Speaker: "official runa"}, 0},
			{Query{Speaker: "senior official", Whole: true}, 0},
			{Query{Speaker: "varga", Words: "2"}, 1},
			{Query{Speaker: "!"}, 0},
		} {
			found, err := l.Find(context.Background(), c.q)
			if err != nil || found.Total != c.want || len(found.Records) != c.want {
				t.Errorf("%+v: found %d, %v, want %d", c.q, found.Total, err, c.want)
			}
		}
	})
}

// TestFindIsWhatGoingThroughAllGives holds Find against going through all
// statements, with limits so low that every way of finding is taken.
func TestFindIsWhatGoingThroughAllGives(t *testing.T) {
	var items []item
	for i := range 300 {
		it := made(i, 4)
		if i%50 == 0 {
			it.doc.Published = time.Time{}
		}
		items = append(items, it)
	}
	queries := []Query{
		{}, {Words: "dam"}, {Words: "that the"}, {Words: "the", ByDate: true}, {Words: "before", Force: hearsay.Deny},
		{Outlet: "herald.example"}, {Outlet: "HERALD example", Force: hearsay.Warn}, {Mode: hearsay.Speech}, {Mode: hearsay.Act},
		{Quoting: hearsay.Mixed, Lang: "en"}, {Speaker: "krel"}, {Speaker: "Ana Krel", Whole: true}, {Speaker: "inés", Words: "the"},
		{From: "2022-01-01"}, {To: "2021-06-30"}, {From: "2020-02-27", To: "2024-03-02"}, {From: "2021-11-30", To: "2021-12-01"},
		{From: "2023-01-01", To: "2022-01-01"}, {From: "2021-02-03", To: "2023-04-05", Words: "dam", Force: hearsay.Say},
		{From: "0001-01-01", To: "9999-12-31"}, {Document: items[7].doc.ID}, {Document: items[7].doc.ID, Words: "the"},
		{Document: items[0].doc.ID, Force: hearsay.Deny}, {Document: "none"}, {Force: "%' OR"},
	}
	items[3].statements[0].Checks = []hearsay.Check{{Span: items[3].statements[0].Cue.Span, Finding: hearsay.NoComment}}
	queries = append(queries, Query{Finding: hearsay.NoComment})
	onBoth(t, func(t *testing.T, name func() string) {
		l := ledgerOf(t, name())
		add(t, l, items...)
		for _, most := range []int{mostCounted, 400, 150, 7} {
			l.mostCounted, l.mostSorted, l.mostRanked = most, most/5, most/2
			for _, q := range queries {
				q.ByDate = q.ByDate || q.Words == "dam" // the order by relevance is another test's
				want := goThrough(items, q)
				for _, page := range [][2]int{{0, 20}, {3, 5}, {100, 50}, {390, 100}, {5000, 10}} {
					q.Offset, q.Limit = page[0], page[1]
					found, err := l.Find(context.Background(), q)
					if err != nil {
						t.Fatalf("%+v: %v", q, err)
					}
					var got []string
					for _, r := range found.Records {
						got = append(got, r.ID)
					}
					if q.Words != "" && !q.ByDate && len(want) <= l.mostRanked {
						continue
					}
					if w := want[min(q.Offset, len(want)):min(q.Offset+q.Limit, len(want))]; !slices.Equal(got, w) {
						t.Errorf("%+v with at most %d: found %d %.3v, want %d %.3v", q, most, len(got), got, len(w), w)
					}
					if found.Total != min(most, len(want)) || found.More != (len(want) > most) {
						t.Errorf("%+v with at most %d: total %d, more %v, want %d", q, most, found.Total, found.More, len(want))
					}
				}
			}
		}
		for _, q := range queries {
			var got []string
			for r, err := range l.Statements(context.Background(), q) {
				if err != nil {
					t.Fatalf("%+v: %v", q, err)
				}
				got = append(got, r.ID)
			}
			if want := goThrough(items, q); !slices.Equal(got, want) {
				t.Errorf("%+v: all are %d %.3v, want %d %.3v", q, len(got), got, len(want), want)
			}
		}
		if _, err := l.Find(context.Background(), Query{From: "yesterday"}); err == nil {
			t.Error("a day that is none was taken")
		}
	})
}

// goThrough returns the IDs of the statements that fit, the newest first.
func goThrough(items []item, q Query) []string {
	items = slices.Clone(items)
	slices.SortStableFunc(items, func(a, b item) int {
		return cmp.Or(strings.Compare(dayOf(b.doc.Published), dayOf(a.doc.Published)), strings.Compare(a.doc.ID, b.doc.ID))
	})
	same := func(asked, have string) bool { return asked == "" || fold(asked) == fold(have) }
	var ids []string
	for _, it := range items {
		day := dayOf(it.doc.Published)
		switch {
		case !same(q.Outlet, it.doc.Outlet), !same(q.Lang, it.doc.Lang), q.Document != "" && q.Document != it.doc.ID:
			continue
		case q.From != "" && day < q.From, (q.From != "" || q.To != "") && day == "", q.To != "" && day > q.To:
			continue
		}
		for _, s := range it.statements {
			content := " " + fold(s.Content[0].In(it.doc.Text)) + " "
			fits := same(string(q.Force), string(s.Force)) && same(string(q.Mode), string(s.Mode)) && same(string(q.Quoting), string(s.Quoting))
			for w := range strings.FieldsSeq(fold(q.Words)) {
				fits = fits && strings.Contains(content, " "+w+" ")
			}
			if q.Speaker != "" {
				who, asked := fold(s.Speaker.Name), fold(q.Speaker)
				fits = fits && (who == asked || !q.Whole && strings.Contains(" "+who+" ", " "+asked+" "))
			}
			if q.Finding != "" {
				fits = fits && slices.ContainsFunc(s.Checks, func(k hearsay.Check) bool { return k.Finding == q.Finding })
			}
			if fits {
				ids = append(ids, s.ID)
			}
		}
	}
	return ids
}

func TestDays(t *testing.T) {
	first, last := time.Date(1998, 12, 28, 0, 0, 0, 0, time.UTC), time.Date(2003, 1, 4, 0, 0, 0, 0, time.UTC)
	for from := first; from.Before(last); from = from.AddDate(0, 0, 37) {
		for to := from; to.Before(last); to = to.AddDate(0, 0, 53) {
			c, err := days(dayOf(from), dayOf(to))
			if err != nil {
				t.Fatal(err)
			}
			if len(c) > 90 {
				t.Errorf("%s to %s: %d phrases", dayOf(from), dayOf(to), len(c))
			}
			for day := first; day.Before(last); day = day.AddDate(0, 0, 1) {
				fits := slices.ContainsFunc(dayTags(dayOf(day)), func(tag string) bool {
					return slices.ContainsFunc(c, func(p phrase) bool {
						return p.words[0] == tag || p.prefix && strings.HasPrefix(tag, p.words[0])
					})
				})
				if want := !day.Before(from) && !day.After(to); fits != want {
					t.Fatalf("%s to %s: %s fits: %v", dayOf(from), dayOf(to), dayOf(day), fits)
				}
			}
		}
	}
}

func FuzzWords(f *testing.F) {
	l := ledgerOf(f, f.TempDir()+"/hearsay.db")
	add(f, l, quoted("“The dam will hold,” it's café 1,200", "Ana Krel"))
	for _, s := range []string{"dam", `"dam will*"`, "NEAR(", "\x00", "“”*", "' : ^", " "} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, words, speaker string) {
		for _, q := range []Query{{Words: words}, {Speaker: speaker}, {Words: words, Speaker: speaker, Whole: true, Outlet: words, Lang: speaker}} {
			if _, err := l.Find(context.Background(), q); err != nil {
				t.Errorf("%+v: %v", q, err)
			}
		}
	})
}
