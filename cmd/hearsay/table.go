package main

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"hearsay"
)

// The columns of the table of statements.
const (
	numberColumn = iota
	speakerColumn
	cueColumn
	quotingColumn
	contentColumn
	tableColumns // how many there are
)

var tableHead = [tableColumns]string{"#", "Speaker", "Cue", "Quoting", "Content"}

// table prints a line for each statement.
func (p *page) table() {
	if len(p.statements) == 0 {
		return
	}
	numbers := make(map[string]int, len(p.statements))
	for i, s := range p.statements {
		numbers[s.ID] = i + 1
	}
	rows := make([][tableColumns]string, len(p.statements))
	for i, s := range p.statements {
		rows[i] = [tableColumns]string{
			strconv.Itoa(i + 1), p.speakerCell(s.Speaker), p.cueCell(s), string(s.Quoting), p.contentCell(s, numbers),
		}
	}
	widths := p.widths(rows)
	head := tableHead
	if widths[contentColumn] == 0 {
		head[contentColumn] = ""
	}
	indent := strings.Repeat(" ", widths[numberColumn]+2)
	p.newline()
	p.rule(p.tableWidth)
	p.row(head, widths, [tableColumns]style{bold, bold, bold, bold, bold})
	for i, row := range rows {
		speaker := speakerColor | bold
		if s := p.statements[i].Speaker; s == nil || s.Name == "" {
			speaker = faint
		}
		p.row(row, widths, [tableColumns]style{cueColor | bold, speaker, cueColor, faint, plain})
		p.details(p.statements[i], numbers, indent)
	}
}

// leastContent is what the content needs to stand beside the other columns;
// with less it stands on a line of its own below them.
const leastContent = 40

// widths gives each column what its cells need, within bounds, and the content
// what is left: nothing where it has to stand below.
func (p *page) widths(rows [][tableColumns]string) [tableColumns]int {
	w := fit(rows, [tableColumns]int{8, 26, 22, 8})
	left := p.tableWidth
	for c := range contentColumn {
		left -= w[c] + 2
	}
	if left < leastContent {
		return fit(rows, [tableColumns]int{8, p.tableWidth/2 - 6, p.tableWidth / 4, 8})
	}
	w[contentColumn] = left
	return w
}

// fit returns the widest cell of each column but the last, or the most that it
// may take.
func fit(rows [][tableColumns]string, most [tableColumns]int) (w [tableColumns]int) {
	for c := range contentColumn {
		w[c] = cells(tableHead[c])
		for _, row := range rows {
			w[c] = max(w[c], cells(row[c]))
		}
		w[c] = min(w[c], most[c])
	}
	return w
}

// row prints one line of the table, or two; the number stands to the right of
// its column.
func (p *page) row(row [tableColumns]string, widths [tableColumns]int, styles [tableColumns]style) {
	spaces := 0 // before the next cell
	put := func(c, width int) {
		text := shorten(row[c], width)
		free := max(width-cells(text), 0)
		if c == numberColumn {
			spaces, free = free, 0
		}
		if text != "" {
			p.put(plain, strings.Repeat(" ", spaces))
			p.put(styles[c], text)
			spaces = 0
		}
		spaces += free + 2
	}
	for c := range contentColumn {
		put(c, widths[c])
	}
	room := widths[contentColumn]
	if room == 0 && row[contentColumn] != "" {
		p.newline()
		spaces = widths[numberColumn] + 2
		room = p.tableWidth - spaces
	}
	put(contentColumn, room)
	p.newline()
}

// speakerCell is the name, or the words of the report and why they give none.
func (p *page) speakerCell(m *hearsay.Mention) string {
	switch {
	case m == nil:
		return "nobody named"
	case m.Name != "":
		return oneLine(m.Name)
	}
	text := oneLine(m.In(p.doc.Text))
	if m.Why != "" {
		text += " (" + spaced(m.Why) + ")"
	}
	return text
}

// ofNobody reports whether a speaker is nobody: "no witness", "neither man". The words
// say by themselves that it was not said.
func ofNobody(speaker string) bool {
	first, _, _ := strings.Cut(strings.ToLower(speaker), " ")
	return first == "no" || first == "nobody" || first == "none" || first == "neither" || first == "nothing"
}

// cueCell is the lemma of the cue with what it says more than "say": the mode
// where it is no speech, else the force.
func (p *page) cueCell(s hearsay.Statement) string {
	cue := s.Cue.Lemma
	if cue == "" {
		cue = oneLine(s.Cue.In(p.doc.Text))
	}
	if cue == "" {
		cue = "–"
	}
	switch {
	case s.Negated && !(s.Speaker != nil && ofNobody(s.Speaker.In(p.doc.Text))):
		return "not " + cue
	case s.Mode != "" && s.Mode != hearsay.Speech:
		return cue + " (" + string(s.Mode) + ")"
	case s.Force != "" && s.Force != hearsay.Say && string(s.Force) != s.Cue.Lemma:
		return cue + " (" + string(s.Force) + ")"
	}
	return cue
}

// contentCell is what was said, led by the number of the statement that
// reports it.
func (p *page) contentCell(s hearsay.Statement, numbers map[string]int) string {
	var b strings.Builder
	if outer := numbers[s.Within]; s.Within != "" && outer > 0 {
		b.WriteString("in " + strconv.Itoa(outer) + ": ")
	}
	for i, piece := range s.Content {
		if i > 0 {
			b.WriteString(" … ")
		}
		b.WriteString(oneLine(beginning(piece.In(p.doc.Text), 8*mostColumns)))
	}
	return b.String()
}

// beginning returns at most the first so many bytes of a text, in whole
// characters: contents may lie in one another, each as long as the report.
func beginning(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most] + "…"
}
