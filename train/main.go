// Command train writes what the trainer of the tagger reads: the features of
// every token of a corpus, as annotate computes them, and the tags that people
// gave it.
//
//	go run ./train -corpora ../shared/corpora -out /tmp/ids
//
// For each set NAME it writes NAME.ids (uint32, little-endian, one row of
// annotate.Columns for each token), NAME.tags (a byte a token), NAME.rules (the
// tags that the rules give), NAME.ends (uint64: the number of tokens before the
// end of each article) and NAME.words (the tokens, one a line).
package main

import (
	"context"
	"flag"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"hearsay"
	"hearsay/annotate"
	"hearsay/internal/score"
	"hearsay/read"
)

func main() {
	corpora := flag.String("corpora", "../shared/corpora", "folder of the corpora")
	out := flag.String("out", "ids", "folder to write to")
	copies := flag.Int("copies", 3, "copies of the marked articles in other styles of print")
	press := flag.Int("press", 1800, "press releases to take of the unlabelled text")
	flag.Parse()
	if err := run(*corpora, *out, *copies, *press); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// parityText is what the model is packed and tested with, from the root of the
// project.
const parityText = "annotate/testdata/parity.txt"

// run writes all sets.
func run(corpora, out string, copies, press int) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	a, err := annotate.LoadRules()
	if err != nil {
		return err
	}
	headings, err := readHeadings(headingsFile)
	if err != nil {
		return err
	}
	reports, err := readReports(reportsFolder)
	if err != nil {
		return err
	}
	e := exporter{annotator: a, out: out, headings: headings}
	for i := range 2 {
		if err := e.marked(fmt.Sprintf("headings%d", i+1), pages(headings, 12>>i), styles); err != nil {
			return err
		}
	}
	if err := e.marked("reports1", reports, nil); err != nil {
		return err
	}
	if err := e.marked("reports2", quoted(reports), styles); err != nil {
		return err
	}
	for _, split := range []string{"train", "dev"} {
		articles, err := score.PolNeAR(filepath.Join(corpora, "polnear", split))
		if err != nil {
			return err
		}
		if err := e.marked(split, articles, nil); err != nil {
			return err
		}
		n := copies
		if split == "dev" {
			n = 1
		}
		for i := range n {
			if err := e.marked(fmt.Sprintf("%s-style%d", split, i+1), articles, styles); err != nil {
				return err
			}
		}
	}
	text, err := os.ReadFile(parityText)
	if err != nil {
		return err
	}
	if err := e.plain("parity", []string{string(text)}); err != nil {
		return err
	}
	news, releases, err := unmarked(corpora)
	if err != nil {
		return err
	}
	chance("press").Shuffle(len(releases), func(i, j int) { releases[i], releases[j] = releases[j], releases[i] })
	if err := e.plain("news", news); err != nil {
		return err
	}
	return e.plain("press", releases[:min(press, len(releases))])
}

// An exporter writes sets of articles.
type exporter struct {
	annotator *annotate.Annotator
	out       string
	headings  []score.Article // of our own
}

// chance returns the random numbers of a set. Each set has its own, so that what
// is added to one leaves the others as they were, and with them the labels that
// the teachers gave them.
func chance(set string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(set))
	return rand.New(rand.NewPCG(1, h.Sum64()))
}

// marked writes articles that people marked, each printed in one of the styles
// where there are any.
func (e *exporter) marked(name string, articles []score.Article, styles []style) error {
	s, err := create(filepath.Join(e.out, name))
	if err != nil {
		return err
	}
	r := chance(name)
	for _, article := range articles {
		if len(styles) > 0 {
			article = styles[r.IntN(len(styles))].print(article, r)
			if strings.HasPrefix(name, "train-") {
				article = headed(article, e.headings, r)
			}
		}
		doc, err := document(article.Name, article.Text)
		if err != nil {
			return err
		}
		if strings.HasPrefix(name, "headings") && r.IntN(4) > 0 {
			typed(doc)
		}
		f := e.annotator.Features(doc)
		s.add(doc, f, tags(doc, f.Tokens, article.Gold))
	}
	return s.close()
}

// plain writes articles that nobody marked: their tags are those of the rules.
func (e *exporter) plain(name string, texts []string) error {
	s, err := create(filepath.Join(e.out, name))
	if err != nil {
		return err
	}
	for i, text := range texts {
		doc, err := document(fmt.Sprint(name, i), text)
		if err != nil {
			fmt.Fprintln(os.Stderr, "train:", err) // one bad text is left out
			continue
		}
		f := e.annotator.Features(doc)
		s.add(doc, f, f.Rules)
	}
	return s.close()
}

// document reads one text as the program does.
func document(name, text string) (*hearsay.Document, error) {
	in := read.Input{Name: name, Body: strings.NewReader(text), Type: "text/plain; charset=utf-8"}
	for doc, err := range read.Documents(context.Background(), in, read.Options{}) {
		return doc, err
	}
	return nil, fmt.Errorf("%s: no text", name)
}

// tags gives each token the part of an attribution that it is. A cue counts
// more than a speaker, a speaker more than a content, as in the measure of
// agreement.
func tags(doc *hearsay.Document, tokens []hearsay.Span, gold []score.Attribution) []annotate.Tag {
	out := make([]annotate.Tag, len(tokens))
	at := places(doc)
	for _, role := range []struct {
		tag   annotate.Tag
		spans func(score.Attribution) []hearsay.Span
	}{
		{annotate.ContentBegin, func(a score.Attribution) []hearsay.Span { return a.Content }},
		{annotate.SpeakerBegin, func(a score.Attribution) []hearsay.Span { return a.Speaker }},
		{annotate.CueBegin, func(a score.Attribution) []hearsay.Span { return a.Cue }},
	} {
		for _, a := range gold {
			for _, s := range role.spans(a) {
				paint(out, tokens, at.span(s), role.tag)
			}
		}
	}
	return out
}

// paint gives the tokens that a span overlaps its tags.
func paint(out []annotate.Tag, tokens []hearsay.Span, s hearsay.Span, tag annotate.Tag) {
	first := true
	for i, t := range tokens {
		if t.Start >= s.End {
			break
		}
		if !t.Overlaps(s) {
			continue
		}
		out[i] = tag + 1
		if first {
			out[i] = tag
		}
		first = false
	}
}

// A placing tells where the bytes of a file are in the text that was made of it.
type placing []hearsay.Piece

func places(doc *hearsay.Document) placing { return doc.Pieces }

// span returns the range of the text that was made of a range of the file.
func (p placing) span(s hearsay.Span) hearsay.Span {
	if len(p) == 0 {
		return s
	}
	var got hearsay.Span
	for _, piece := range p {
		if !piece.Bytes.Overlaps(s) || piece.Text.Empty() {
			continue
		}
		part := piece.Text
		if piece.Text.Len() == piece.Bytes.Len() {
			part.Start += max(0, s.Start-piece.Bytes.Start)
			part.End -= max(0, piece.Bytes.End-s.End)
		}
		if got.Empty() {
			got = part
		}
		got.Start, got.End = min(got.Start, part.Start), max(got.End, part.End)
	}
	return got
}
