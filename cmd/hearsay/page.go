package main

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hearsay"
)

// writePage prints a report for people: what is known of it, its text with the
// parts of the statements marked, the statements as a table, the events, and the
// repairs.
func writePage(b *bytes.Buffer, doc *hearsay.Document, statements []hearsay.Statement, events []hearsay.Event, screen screen) {
	p := newPage(b, doc, statements, screen)
	p.events = events
	p.masthead()
	p.text()
	p.table()
	p.happenings()
	p.repairs()
}

func newPage(b *bytes.Buffer, doc *hearsay.Document, statements []hearsay.Statement, screen screen) *page {
	return &page{
		sheet:      sheet{w: b, colored: screen.colored, columns: min(screen.columns, textColumns)},
		tableWidth: screen.columns,
		doc:        doc,
		statements: statements,
		numbers:    numbersOf(statements),
	}
}

// page is one report on its way to the screen.
type page struct {
	sheet
	tableWidth int
	doc        *hearsay.Document
	statements []hearsay.Statement
	events     []hearsay.Event
	numbers    []number
}

// number is where the number of a statement is shown in the text: behind its
// cue, or before its content where it has no cue.
type number struct{ at, statement int }

func numbersOf(statements []hearsay.Statement) []number {
	var numbers []number
	for i, s := range statements {
		switch {
		case !s.Cue.Empty():
			numbers = append(numbers, number{s.Cue.End, i + 1})
		case len(s.Content) > 0:
			numbers = append(numbers, number{s.Content[0].Start, i + 1})
		}
	}
	slices.SortStableFunc(numbers, func(a, b number) int { return cmp.Compare(a.at, b.at) })
	return numbers
}

func (p *page) rule(columns int) {
	p.put(faint, strings.Repeat("─", columns))
	p.newline()
}

// masthead prints what is known of the report.
func (p *page) masthead() {
	d := p.doc
	if _, numbered := p.title(); !numbered {
		p.line(bold, d.Title)
	}
	known := []string{d.Outlet}
	if !d.Published.IsZero() {
		known = append(known, d.Published.Format("2 January 2006"))
	}
	if len(d.Bylines) > 0 {
		known = append(known, "by "+listed(d.Bylines))
	}
	if len(d.Credits) > 0 {
		known = append(known, "credits "+strings.Join(d.Credits, ", "))
	}
	p.line(plain, joined(known))
	p.line(faint, d.URL)
	p.line(faint, p.origin())
	p.line(plain, p.counts())
	for _, note := range d.Notes {
		p.line(plain, "Note: "+note)
	}
	p.rule(p.columns)
}

// origin says which input the report came from.
func (p *page) origin() string {
	name := p.doc.File
	if name == "-" {
		name = "standard input"
	}
	if p.doc.Record > 0 {
		name += ", record " + strconv.Itoa(p.doc.Record)
	}
	return name
}

func (p *page) counts() string {
	speakers := map[string]bool{}
	for _, s := range p.statements {
		if s.Speaker != nil && s.Speaker.Name != "" {
			speakers[s.Speaker.Name] = true
		}
	}
	if len(p.statements) == 0 {
		return "no statements found"
	}
	return joined([]string{
		counted(len(p.statements), "statement"),
		counted(len(speakers), "named speaker"),
		counted(len(p.doc.Repairs), "repair"),
	})
}

// joined puts the parts that are there on one line.
func joined(parts []string) string {
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	return strings.Join(parts, " · ")
}

// spaced is a word of ours, such as not_found, as people write it.
func spaced[T ~string](word T) string { return strings.ReplaceAll(string(word), "_", " ") }

func listed(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// counted is a number of things, or nothing for none.
func counted(n int, what string) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// text prints the blocks of the report with the parts of the statements marked.
func (p *page) text() {
	if p.colored && len(p.statements) > 0 {
		p.legend()
	}
	blocks := p.doc.Blocks
	if inText, numbered := p.title(); inText && !numbered {
		blocks = blocks[1:]
	}
	segments := p.segments()
	for _, b := range blocks {
		p.newline()
		for len(segments) > 0 && segments[0].End <= b.Start {
			segments = segments[1:]
		}
		lead, indent := leads(b.Kind)
		p.flow(p.block(b, segments), lead, indent)
	}
}

// title reports whether the text begins with the title, and whether the number
// of a statement stands in it. The title is printed once: above the text, or
// with its numbers as part of the text.
func (p *page) title() (inText, numbered bool) {
	if len(p.doc.Blocks) == 0 {
		return false, false
	}
	b := p.doc.Blocks[0]
	if b.Kind != hearsay.Heading || oneLine(b.In(p.doc.Text)) != oneLine(p.doc.Title) {
		return false, false
	}
	return true, len(p.numbers) > 0 && p.numbers[0].at <= b.End
}

func (p *page) legend() {
	p.put(speakerColor|bold, "speaker")
	p.put(plain, "  ")
	p.put(cueColor, "words that report")
	p.put(cueColor|bold, "[number]")
	p.put(plain, "  ")
	p.put(addresseeColor, "who is told")
	p.put(plain, "  ")
	p.put(contentColor, "what is said")
	p.newline()
}

// leads returns what stands before the first line of a block and before the
// others.
func leads(k hearsay.BlockKind) (lead, indent string) {
	switch k {
	case hearsay.ListItem:
		return "• ", "  "
	case hearsay.Blockquote:
		return "│ ", "│ "
	case hearsay.Caption:
		return "▪ ", "  "
	}
	return "", ""
}

// block returns the words of one block. The segments begin with the first that
// may reach into it.
func (p *page) block(b hearsay.Block, segments []segment) []words {
	base := plain
	switch b.Kind {
	case hearsay.Heading:
		base = bold
	case hearsay.Credit, hearsay.Boilerplate, hearsay.Caption:
		base = faint
	}
	first, _ := slices.BinarySearchFunc(p.numbers, b.Start, func(n number, at int) int { return cmp.Compare(n.at, at) })
	numbers := p.numbers[first:]
	var runs []words
	show := func(upTo int) {
		for len(numbers) > 0 && numbers[0].at <= upTo {
			runs = append(runs, words{cueColor | bold, "[" + strconv.Itoa(numbers[0].statement) + "]"})
			numbers = numbers[1:]
		}
	}
	for _, s := range segments {
		if s.Start >= b.End {
			break
		}
		from, to := max(s.Start, b.Start), min(s.End, b.End)
		show(from)
		st := s.style
		if st&^underlined == plain {
			st |= base
		}
		st |= base & bold
		runs = append(runs, words{st, p.doc.Text[from:to]})
	}
	show(b.End)
	return runs
}

// segment is a part of the text that is printed in one style.
type segment struct {
	hearsay.Span
	style style
}

// segments cuts the text where its style changes and where a number is shown.
// Where parts of statements overlap the inner kind wins: a cue or a speaker
// within the content of another statement is shown as such.
func (p *page) segments() []segment {
	type edge struct {
		at    int
		style style
		step  int
	}
	var edges []edge
	add := func(st style, s hearsay.Span) {
		if !s.Empty() {
			edges = append(edges, edge{s.Start, st, 1}, edge{s.End, st, -1})
		}
	}
	for _, s := range p.statements {
		add(cueColor, s.Cue.Span)
		if s.Speaker != nil {
			add(speakerColor|bold, s.Speaker.Span)
		}
		if s.Addressee != nil {
			add(addresseeColor, s.Addressee.Span)
		}
		for _, piece := range s.Content {
			add(contentColor, piece)
		}
	}
	for _, r := range p.doc.Repairs {
		add(underlined, r.Span)
	}
	for _, n := range p.numbers {
		edges = append(edges, edge{at: n.at})
	}
	slices.SortFunc(edges, func(a, b edge) int { return cmp.Compare(a.at, b.at) })

	var segments []segment
	var depth [256]int
	from := 0
	for _, e := range append(edges, edge{at: len(p.doc.Text)}) {
		if e.at > from {
			st := topmost(&depth)
			segments = append(segments, segment{hearsay.Span{Start: from, End: e.at}, st})
			from = e.at
		}
		depth[e.style] += e.step
	}
	return segments
}

// topmost returns the style that is shown where those with a depth overlap.
func topmost(depth *[256]int) style {
	st := plain
	for _, s := range []style{contentColor, addresseeColor, speakerColor | bold, cueColor} {
		if depth[s] > 0 {
			st = s
		}
	}
	if depth[underlined] > 0 {
		st |= underlined
	}
	return st
}

// repairs lists what was changed to make the text, by kind.
func (p *page) repairs() {
	if len(p.doc.Repairs) == 0 {
		return
	}
	var kinds []hearsay.RepairKind
	byKind := map[hearsay.RepairKind][]hearsay.Repair{}
	for _, r := range p.doc.Repairs {
		if byKind[r.Kind] == nil {
			kinds = append(kinds, r.Kind)
		}
		byKind[r.Kind] = append(byKind[r.Kind], r)
	}
	p.newline()
	p.line(bold, "Repairs")
	for _, k := range kinds {
		var examples []string
		for _, r := range byKind[k] {
			if e := p.repair(r); !slices.Contains(examples, e) {
				examples = append(examples, e)
			}
			if len(examples) == 4 {
				examples[3] = "…"
				break
			}
		}
		name := spaced(k)
		p.line(faint, fmt.Sprintf("%s, %d: %s", name, len(byKind[k]), strings.Join(examples, "; ")))
	}
}

// repair says in words what one repair did.
func (p *page) repair(r hearsay.Repair) string {
	const most = 30
	now, was := shorten(visible(r.In(p.doc.Text)), most), shorten(visible(r.Was), most)
	switch {
	case was == "":
		before := strings.Fields(p.doc.Text[max(0, r.Start-60):r.Start])
		if len(before) == 0 {
			return "put in " + now
		}
		return "put in " + now + " after " + before[len(before)-1]
	case now == "":
		return "took out " + was
	}
	return was + " is now " + now
}

// visible is printable with line ends shown too.
func visible(text string) string {
	return strings.NewReplacer("\n", "<LF>", "\t", "<TAB>").Replace(printable(text))
}
