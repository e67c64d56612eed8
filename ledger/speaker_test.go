package ledger

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"hearsay"
)

// saidBy is a report of one statement by somebody in a role.
func saidBy(n int, name, role string, kind hearsay.MentionKind) item {
	text := fmt.Sprintf("%s %s said the %d of them would come.", role, name, n)
	at := func(words string) hearsay.Span {
		i := strings.Index(text, words)
		return hearsay.Span{Start: i, End: i + len(words)}
	}
	doc := &hearsay.Document{File: "a", Outlet: outlets[n%2], Lang: "en", Published: time.Date(2023, 6, 1+n, 0, 0, 0, 0, time.UTC)}
	finishMade(doc, text)
	s := hearsay.Statement{
		Speaker: &hearsay.Mention{Span: at(name), Name: name, Role: role, Kind: kind},
		Cue:     hearsay.Cue{Span: at("said"), Lemma: "say"}, Content: []hearsay.Span{at(fmt.Sprintf("the %d of them would come", n))},
	}
	s.ID = hearsay.StatementID(doc.ID, s.Cue.Span)
	return item{doc: doc, statements: []hearsay.Statement{s}}
}

var quotedPeople = []struct {
	name, role string
	kind       hearsay.MentionKind
}{
	{"Jens Ole Brandt", "mayor of Halmer", "name"}, {"Jens Brandt", "", "name"}, {"Brandt", "mayor", "name"}, {"Brandt", "", "name"}, {"Brandt", "goalkeeper", "name"},
	{"John A. Smith", "judge", "name"}, {"John B. Smith", "coach", "name"}, {"John Smith", "", "name"}, {"Smith", "judge", "name"}, {"Smith", "", "name"},
	{"NPA", "", "organisation"}, {"Norland Press Agency", "", "organisation"}, {"npa", "", "organisation"},
	{"Inés Varga", "mayor", "name"}, {"Ines Varga", "", "name"}, {"Inés Verga", "", "name"}, {"Inés Vаrga", "", "name"}, // the last with a Cyrillic letter
	{"Petra Ott", "", "name"}, {"Runa Ott", "", "name"},
}

// speakersDump is who is quoted, and all that is known of them.
func speakersDump(t testing.TB, l *Ledger) string {
	t.Helper()
	ctx := context.Background()
	people, err := l.People(ctx, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, p := range people {
		e, err := l.Speaker(ctx, p.Name)
		if several := (*Several)(nil); errors.As(err, &several) {
			fmt.Fprintln(&b, p.Name, p.Statements, several)
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%+v\n", *e)
	}
	return b.String()
}

func TestSpeakers(t *testing.T) {
	onBoth(t, func(t *testing.T, name func() string) {
		ctx := context.Background()
		want := ""
		for round := range 3 {
			var items []item
			for i, p := range quotedPeople {
				items = append(items, saidBy(i, p.name, p.role, p.kind))
			}
			rand.New(rand.NewPCG(3, uint64(round))).Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
			l := ledgerOf(t, name())
			for _, it := range items {
				add(t, l, it)
				if round == 2 {
					if err := l.link(ctx); err != nil {
						t.Fatal(err)
					}
				}
			}
			got := speakersDump(t, l)
			if want == "" {
				want = got
			}
			if got != want {
				t.Fatalf("round %d: other speakers:\n%s\nwant\n%s", round, got, want)
			}
			for _, c := range []struct {
				asked, name string
				names       []string
				suggested   string
			}{
				{"jens brandt", "Jens Brandt", []string{"Brandt", "Jens Brandt", "Jens Ole Brandt"}, "Brandt/ Brandt/goalkeeper"},
				{"Brandt", "Jens Brandt", []string{"Brandt", "Jens Brandt", "Jens Ole Brandt"}, ""},
				{"John Smith", "John Smith", []string{"John Smith"}, "John A. Smith/ John B. Smith/"},
				{"John A. Smith", "John A. Smith", []string{"John A. Smith"}, "John Smith/ Smith/judge"},
				{"npa", "NPA", []string{"NPA", "npa"}, "Norland Press Agency/"},
				{"ines varga", "Ines Varga", []string{"Ines Varga", "Inés Varga"}, "Inés Verga/ Inés Vаrga/"},
				{"petra ott", "Petra Ott", []string{"Petra Ott"}, ""},
			} {
				e, err := l.Speaker(ctx, c.asked)
				if err != nil {
					t.Errorf("%s: %v", c.asked, err)
					continue
				}
				var names, suggested []string
				for _, n := range e.Names {
					names = append(names, n.Name)
				}
				for _, s := range e.Suggested {
					suggested = append(suggested, s.Name+"/"+s.Role)
				}
				slices.Sort(names)
				if e.Name != c.name || !slices.Equal(names, c.names) {
					t.Errorf("%s is %s: %q", c.asked, e.Name, names)
				}
				for _, s := range strings.SplitAfter(c.suggested, "/ ") {
					if s = strings.TrimSpace(s); s != "" && !slices.Contains(suggested, s) {
						t.Errorf("%s: no %q in %q", c.asked, s, suggested)
					}
				}
				if len(e.Outlets) == 0 || e.Reports != e.Statements || len(e.Roles) == 0 {
					t.Errorf("%s: %+v", c.asked, e)
				}
			}
			for _, asked := range []string{"ott", "smith"} {
				var several *Several
				if _, err := l.Speaker(ctx, asked); !errors.As(err, &several) || len(several.Names) < 2 {
					t.Errorf("%s: %v", asked, err)
				}
			}
			if _, err := l.Speaker(ctx, "nobody"); !errors.Is(err, ErrNotFound) {
				t.Error(err)
			}
			for _, it := range items { // nothing is left of what is gone
				if err := l.Remove(ctx, it.doc.ID, "a test"); err != nil {
					t.Fatal(err)
				}
			}
			for _, table := range []string{"claim", "named", "seen", "name_key"} {
				if n, err := collect[int](l.read.Query(`SELECT count(*) FROM ` + table)); err != nil || n[0] != 0 {
					t.Errorf("%v rows left in %s: %v", n, table, err)
				}
			}
		}
	})
}

var lastNumber = regexp.MustCompile(`([0-9]+) (\pL+)$`)

// withNumbers is a made report with the numbers of its statements.
func withNumbers(it item) item {
	for i := range it.statements {
		s := &it.statements[i]
		if at := lastNumber.FindStringSubmatchIndex(s.Content[0].In(it.doc.Text)); at != nil {
			text := s.Content[0].In(it.doc.Text)
			value, _ := strconv.Atoi(text[at[2]:at[3]])
			s.Numbers = []hearsay.Quantity{{
				Span: hearsay.Span{Start: s.Content[0].Start + at[0], End: s.Content[0].Start + at[1]}, Value: float64(value), Bound: hearsay.Exactly, Unit: text[at[4]:at[5]],
				Holder: &hearsay.Mention{Span: s.Speaker.Span, Name: lastNames[value%len(lastNames)]}, Did: "see",
			}}
		}
	}
	return it
}

// BenchmarkLookups measures what a person and a desk cost: run it with
// -benchtime=1x -v, and -keep for a ledger of many.
func BenchmarkLookups(b *testing.B) {
	name := *keep
	if name == "" {
		name = filepath.Join(b.TempDir(), "hearsay.db")
	}
	l := ledgerOf(b, name)
	s, err := l.Stats(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	for n := s.Reports; n < *many; n++ {
		add(b, l, withNumbers(made(n, 5)))
	}
	began := time.Now()
	people, err := l.People(context.Background(), "", 50)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("links and %d people: %v", len(people), time.Since(began))
	began = time.Now()
	if _, err := l.People(context.Background(), "", 50); err != nil {
		b.Fatal(err)
	}
	b.Logf("50 people: %v", time.Since(began))
	measure := func(what string, n int, ask func(i int) error) {
		var took []time.Duration
		for i := range n {
			began := time.Now()
			if err := ask(i); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(began))
		}
		slices.Sort(took)
		b.Logf("%s: median %v, p95 %v", what, took[n/2], took[n*95/100])
	}
	for b.Loop() {
		measure("a speaker", 100, func(i int) error {
			_, err := l.Speaker(context.Background(), people[i%len(people)].Name)
			return err
		})
		measure("numbers of a word", 20, func(i int) error {
			_, err := l.Numbers(context.Background(), nouns[i%len(nouns)], Query{})
			return err
		})
	}
}
