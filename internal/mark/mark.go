// Package mark parses and prints marked text, the one notation for fixtures,
// golden files and bug reports:
//
//	{S1:The mayor} {V1:said} {C1:that {S2:her doctor} {V2:told} her {C2:to rest}}.
//
// A mark is a brace, the letter of a role, the number of the statement, a
// colon, what is marked, and a brace. The roles are S speaker, A addressee, V
// cue, C content, N number, T time, P place, M medium, K check, B by whom it
// was checked, and W within. Marks nest. Several marks with the same role and
// number are the pieces of one discontinuous span; pieces that touch are one
// piece, so that spans that cross can be printed in pieces. A backslash stands
// before a brace or a backslash that is part of the text.
package mark

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hearsay"
)

// A Mark says that a span of text has a role in a statement. The Role is one
// of the letters above, the Number is 1 or more.
type Mark struct {
	Role   byte
	Number int
	hearsay.Span
}

const roles = "SAVCNTPMKBW"

// Of returns the marks of the statements, numbered from 1 in their order.
func Of(statements []hearsay.Statement) []Mark {
	var marks []Mark
	for i, s := range statements {
		add := func(role byte, span hearsay.Span) {
			if !span.Empty() {
				marks = append(marks, Mark{role, i + 1, span})
			}
		}
		mention := func(role byte, m *hearsay.Mention) {
			if m != nil {
				add(role, m.Span)
			}
		}
		mention('S', s.Speaker)
		mention('A', s.Addressee)
		add('V', s.Cue.Span)
		for _, piece := range s.Content {
			add('C', piece)
		}
		mention('M', s.Medium)
		mention('P', s.Place)
		if s.When != nil {
			add('T', s.When.Span)
		}
		for _, t := range s.Times {
			add('T', t.Span)
		}
		for _, n := range s.Numbers {
			add('N', n.Span)
		}
		for _, k := range s.Checks {
			add('K', k.Span)
			mention('B', k.By)
		}
	}
	return marks
}

// Parse returns the text without its marks, and the marks with their places in
// that text: in order of start, the longer first. An error names the byte of
// marked where the notation breaks.
func Parse(marked string) (text string, marks []Mark, err error) {
	p := parser{marked: marked}
	for p.at < len(marked) {
		if err := p.step(); err != nil {
			return "", nil, fmt.Errorf("byte %d: %w", p.at, err)
		}
	}
	if n := len(p.open); n > 0 {
		return "", nil, fmt.Errorf("byte %d: mark is never closed", p.open[n-1].at)
	}
	return p.text.String(), normal(p.marks, p.text.Len()), nil
}

type parser struct {
	marked string
	at     int
	text   strings.Builder
	open   []opened
	marks  []Mark
}

// opened is a mark whose end is still to come.
type opened struct {
	Mark
	at int // of its brace
}

// step reads text up to the next sign, and the sign.
func (p *parser) step() error {
	n := strings.IndexAny(p.marked[p.at:], `{}\`)
	if n < 0 {
		n = len(p.marked) - p.at
	}
	p.text.WriteString(p.marked[p.at : p.at+n])
	p.at += n
	if p.at == len(p.marked) {
		return nil
	}
	switch p.marked[p.at] {
	case '{':
		return p.begin()
	case '}':
		return p.end()
	}
	return p.escaped()
}

func (p *parser) escaped() error {
	if p.at+1 == len(p.marked) || !strings.ContainsRune(`{}\`, rune(p.marked[p.at+1])) {
		return fmt.Errorf(`backslash without {, } or \ after it`)
	}
	p.text.WriteByte(p.marked[p.at+1])
	p.at += 2
	return nil
}

func (p *parser) begin() error {
	rest := p.marked[p.at+1:]
	if rest == "" || strings.IndexByte(roles, rest[0]) < 0 {
		return fmt.Errorf(`brace without a role (one of %s) after it; \{ is a brace of the text`, roles)
	}
	digits := 1
	for digits < len(rest) && '0' <= rest[digits] && rest[digits] <= '9' {
		digits++
	}
	number, err := strconv.Atoi(rest[1:digits])
	if err != nil || rest[1] == '0' {
		return fmt.Errorf("role %c without a number from 1", rest[0])
	}
	if digits == len(rest) || rest[digits] != ':' {
		return fmt.Errorf("no colon after %s", rest[:digits])
	}
	m := Mark{Role: rest[0], Number: number, Span: hearsay.Span{Start: p.text.Len()}}
	p.open = append(p.open, opened{m, p.at})
	p.at += 1 + digits + 1
	return nil
}

func (p *parser) end() error {
	last := len(p.open) - 1
	if last < 0 {
		return fmt.Errorf(`brace closes nothing; \} is a brace of the text`)
	}
	m := p.open[last].Mark
	if m.End = p.text.Len(); m.Empty() {
		return fmt.Errorf("mark %c%d is empty", m.Role, m.Number)
	}
	p.marks = append(p.marks, m)
	p.open = p.open[:last]
	p.at++
	return nil
}

// normal returns the marks in order, with those of the same role and number
// joined that touch or overlap, cut to a text of the given length.
func normal(marks []Mark, length int) []Mark {
	sorted := make([]Mark, 0, len(marks))
	for _, m := range marks {
		m.Start, m.End = max(m.Start, 0), min(m.End, length)
		if !m.Empty() {
			sorted = append(sorted, m)
		}
	}
	slices.SortFunc(sorted, inOrder)
	type name struct {
		role   byte
		number int
	}
	last := map[name]int{} // where the last piece of a name stands in out
	out := sorted[:0]
	for _, m := range sorted {
		n := name{m.Role, m.Number}
		if i, ok := last[n]; ok && m.Start <= out[i].End {
			out[i].End = max(out[i].End, m.End)
			continue
		}
		last[n] = len(out)
		out = append(out, m)
	}
	slices.SortFunc(out, inOrder) // what was joined is longer now
	return out
}

// inOrder compares marks by start; of those that start together the longer
// comes first, as it stands outside.
func inOrder(a, b Mark) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), outside(a, b))
}

// outside compares marks by which stands outside of the other where both are
// open.
func outside(a, b Mark) int {
	return cmp.Or(cmp.Compare(b.End, a.End),
		cmp.Compare(strings.IndexByte(roles, a.Role), strings.IndexByte(roles, b.Role)),
		cmp.Compare(a.Number, b.Number))
}
