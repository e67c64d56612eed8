package mark

import (
	"slices"
	"strconv"
	"strings"
)

// Print returns text with its marks. Parse reads the same text and the same
// marks from it, in their order and with those joined that touch or overlap
// and have role and number in common. Of marks that cross, one is printed in
// pieces. What reaches beyond the text is cut off, empty marks are left out.
func Print(text string, marks []Mark) string {
	marks = normal(marks, len(text))
	p := printer{text: text, ending: map[int]int{}}
	for _, m := range marks {
		p.ending[m.End]++
	}
	p.b.Grow(len(text) + 5*len(marks))
	for _, at := range places(marks) {
		p.plain(at)
		again := p.close(at)
		for len(marks) > 0 && marks[0].Start == at {
			again = append(again, marks[0])
			marks = marks[1:]
		}
		p.begin(again)
	}
	p.plain(len(text))
	return p.b.String()
}

// places returns, in order, where marks start or end.
func places(marks []Mark) []int {
	var at []int
	for _, m := range marks {
		at = append(at, m.Start, m.End)
	}
	slices.Sort(at)
	return slices.Compact(at)
}

type printer struct {
	text   string
	at     int         // printed up to here
	ending map[int]int // how many marks end at a place
	open   []Mark
	b      strings.Builder
}

// plain prints the text up to an offset.
func (p *printer) plain(to int) {
	escape.WriteString(&p.b, p.text[p.at:to])
	p.at = to
}

var escape = strings.NewReplacer(`\`, `\\`, `{`, `\{`, `}`, `\}`)

// close ends the marks that end here, and those that stand inside them, which
// it returns: they are to begin again.
func (p *printer) close(at int) (again []Mark) {
	for ends := p.ending[at]; ends > 0; {
		last := len(p.open) - 1
		p.b.WriteByte('}')
		if m := p.open[last]; m.End == at {
			ends--
		} else {
			again = append(again, m)
		}
		p.open = p.open[:last]
	}
	return again
}

// begin opens marks, those outside that end last.
func (p *printer) begin(marks []Mark) {
	slices.SortFunc(marks, outside)
	for _, m := range marks {
		p.b.WriteByte('{')
		p.b.WriteByte(m.Role)
		p.b.WriteString(strconv.Itoa(m.Number))
		p.b.WriteByte(':')
	}
	p.open = append(p.open, marks...)
}
