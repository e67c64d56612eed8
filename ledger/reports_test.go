package ledger

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hearsay"
	"hearsay/annotate"
	"hearsay/read"
)

// An item is a report as it is added.
type item struct {
	doc        *hearsay.Document
	statements []hearsay.Statement
	events     []hearsay.Event
}

func add(t testing.TB, l *Ledger, items ...item) {
	t.Helper()
	for _, it := range items {
		if _, err := l.Add(context.Background(), it.doc, it.statements, it.events); err != nil {
			t.Fatal(err)
		}
	}
}

// examples are the reports of the folder examples and of corpus/reports/tune,
// read and annotated.
func examples(t testing.TB) []item {
	t.Helper()
	annotator, err := annotate.Load()
	if err != nil {
		t.Fatal(err)
	}
	var items []item
	keep := func(name string, body []byte, o read.Options) {
		for doc, err := range read.Documents(context.Background(), read.Input{Name: name, Body: bytes.NewReader(body)}, o) {
			if err == nil {
				statements, events := annotator.Annotate(doc)
				items = append(items, item{doc, statements, events})
			}
		}
	}
	for _, pattern := range []string{"../examples/*.txt", "../examples/*.html", "../examples/*.jsonl"} {
		files, _ := filepath.Glob(pattern)
		for _, f := range files {
			body, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			keep(f, body, read.Options{Outlet: "Example Courier", Published: time.Date(2024, 10, 16, 0, 0, 0, 0, time.UTC)})
		}
	}
	files, _ := filepath.Glob("../corpus/reports/tune/*.json")
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var j struct{ Text string }
		if json.Unmarshal(body, &j); j.Text == "" {
			keep(f, body, read.Options{})
			continue
		}
		keep(f, []byte(j.Text), read.Options{})
	}
	if len(items) < 20 {
		t.Fatalf("found only %d reports", len(items))
	}
	return items
}

// Made reports: small, with what a report has, and the same for the same
// number. They are for measuring and for what is to hold of any report.
var (
	firstNames = strings.Fields("Ana Jens Inés Marko Runa Oktar Signe Ilario Petra Zoë Łukasz Tove Björn Carla Dario Elif")
	lastNames  = strings.Fields("Krel Varga Brandt Belim Torvane Venn Sellic Ott Askell Dumont Ferro Gant Hale Irsay Joss Kant Lorne Moro Nye Orr Pell Quist")
	verbs      = strings.Fields("said denied warned claimed promised asked")
	forces     = []hearsay.Force{hearsay.Say, hearsay.Deny, hearsay.Warn, hearsay.Claim, hearsay.Promise, hearsay.Ask}
	nouns      = strings.Fields("dam bridge harbour tanks ships budget school strike treaty border water power grain council fire road mill court press vote ferry tower rail storm mine farm coast valley union fleet")
	outlets    = strings.Fields("courier.example gazette.example herald.example tribune.example")
)

// made returns the report of a number, with n statements.
func made(number, n int) item {
	r := rand.New(rand.NewPCG(uint64(number), 7))
	word := func() string {
		if i := r.IntN(3 * len(nouns)); i < len(nouns) {
			return nouns[i]
		}
		return fmt.Sprintf("%s%c%c", nouns[r.IntN(len(nouns))], 'a'+rune(r.IntN(26)), 'a'+rune(r.IntN(26)))
	}
	doc := &hearsay.Document{
		File: fmt.Sprintf("made-%d.txt", number), Record: number % 3, Outlet: outlets[r.IntN(len(outlets))],
		URL: fmt.Sprintf("https://news.example/%d", number), Title: "On the " + word(), Lang: "en", Charset: "utf-8",
		Published: time.Date(2020, 1, 1, r.IntN(24), 0, 0, 0, time.UTC).AddDate(0, 0, r.IntN(*spread)), Credits: []string{"NPA"},
	}
	var text strings.Builder
	var statements []hearsay.Statement
	put := func(s string) hearsay.Span {
		from := text.Len()
		text.WriteString(s)
		return hearsay.Span{Start: from, End: text.Len()}
	}
	for i := range n {
		name := firstNames[r.IntN(len(firstNames))] + " " + lastNames[r.IntN(len(lastNames))]
		v := r.IntN(len(verbs))
		var s hearsay.Statement
		s.Speaker = &hearsay.Mention{Span: put(name), Kind: hearsay.ByName, Name: name}
		put(" ")
		s.Cue = hearsay.Cue{Span: put(verbs[v]), Lemma: strings.TrimSuffix(verbs[v], "ed")}
		put(" ")
		s.Content = []hearsay.Span{put(fmt.Sprintf("that the %s near the %s would not see the %s – or “%s” – before %d %s", word(), word(), word(), word(), r.IntN(500), word()))}
		put(". ")
		s.Quoting, s.Mode, s.Force, s.Score = hearsay.Mixed, hearsay.Speech, forces[v], float64(r.IntN(1000))/1000
		s.Because = []hearsay.Reason{{Rule: "tagger", Span: s.Cue.Span}}
		if i%5 == 4 {
			k := put("The claim could not be verified.")
			s.Checks = []hearsay.Check{{Span: k, Finding: hearsay.CouldNotVerify, Covers: hearsay.CoversStatement}}
			put("\n")
		}
		statements = append(statements, s)
	}
	finishMade(doc, text.String())
	for i := range statements {
		statements[i].ID = hearsay.StatementID(doc.ID, statements[i].Cue.Span)
	}
	var events []hearsay.Event
	if number%4 == 0 && n > 0 {
		events = append(events, hearsay.Event{Kind: hearsay.Meeting, Span: statements[0].Content[0], Participants: []hearsay.Mention{*statements[0].Speaker}})
	}
	return item{doc, statements, events}
}

// finishMade gives a document its text and what hangs on it.
func finishMade(doc *hearsay.Document, text string) {
	all := hearsay.Span{End: len(text)}
	doc.Text, doc.Original = text, []byte(text)
	doc.Blocks = []hearsay.Block{{Kind: hearsay.Paragraph, Span: all}}
	doc.Pieces = []hearsay.Piece{{Text: all, Bytes: all}}
	sum := sha256.Sum256(doc.Original)
	doc.SHA256 = hex.EncodeToString(sum[:])
	doc.ID = hearsay.DocumentID(doc.Outlet, doc.URL, text)
}

// exampleReports are the pages of examples, which say when and where they were
// published.
func exampleReports(t testing.TB) []item {
	t.Helper()
	annotator, err := annotate.Load()
	if err != nil {
		t.Fatal(err)
	}
	var items []item
	files, _ := filepath.Glob("../examples/*.html")
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for doc, err := range read.Documents(context.Background(), read.Input{Name: f, Body: bytes.NewReader(body)}, read.Options{}) {
			if err != nil {
				t.Fatal(err)
			}
			statements, events := annotator.Annotate(doc)
			items = append(items, item{doc, statements, events})
		}
	}
	return items
}
