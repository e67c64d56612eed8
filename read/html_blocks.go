package read

import (
	"html"
	"strings"
	"unicode/utf8"

	xhtml "golang.org/x/net/html"

	"hearsay"
)

// A trait is something that holds for all text within an element.
type trait uint32

const (
	inLink trait = 1 << iota
	inHeading
	inItem
	inQuote
	inCaption
	inPre
	inAside  // aside, nav, footer
	inByline // named as the place of the authors
	inMeta   // named as tags, dates, sharing and the like
	inRelated
	inHidden
	inLead
	isHeadline // h1, or named as the headline
	isAuthor   // stated to be an author
	inQ        // within a q element
	inBox      // named as a box that tells of the paper, or of what readers write
)

// A part of a block is the number of a run or one of these. The last four are
// the quotation marks that browsers draw for q elements.
const (
	partSpace = -1 - iota
	partBreak
	partTab
	partOpenQ
	partCloseQ
	partOpenInnerQ
	partCloseInnerQ
)

// An htmlBlock is a stretch of a page that stands on lines of its own.
type htmlBlock struct {
	kind   hearsay.BlockKind
	traits trait
	parts  []int
	row    int // number of the table row that it is a cell of; 0 for none
	level  int // number of the sectioning element that holds it

	text   int // bytes of text
	linked int // of these, within links
	chosen int // of these, chosen by the extractor
}

// A layouter turns the elements and runs of a page, as they come, into blocks.
type layouter struct {
	page    *htmlPage
	blocks  []htmlBlock
	cur     htmlBlock
	stack   []element
	breaks  int // br elements since the last text
	rows    int
	undrawn int    // place on the stack of a q element that has no text yet, 0 for none
	parents []int  // of each sectioning element, the one that holds it
	used    []bool // runs laid out
}

// element is an open element.
type element struct {
	name   string
	traits trait
	level  int
	row    int
	skip   bool
	drawn  int // for a q whose opening mark is drawn: 1 + the number of its block
}

// maxOpen is how many elements may be open; deeper ones count as one with
// what they stand in.
const maxOpen = 1 << 16

func newLayouter(p *htmlPage) *layouter {
	l := &layouter{page: p, used: make([]bool, len(p.runs))}
	l.stack = append(l.stack, element{})
	l.parents = []int{0}
	return l
}

func (l *layouter) top() *element { return &l.stack[len(l.stack)-1] }

// start opens an element.
func (l *layouter) start(name string, attr func(string) string) {
	switch name {
	case "br":
		l.lineBreak()
		return
	case "hr":
		l.flush()
		return
	case "img", "input", "wbr", "col", "area", "source", "track", "embed", "param":
		return
	}
	if len(l.stack) >= maxOpen {
		return
	}
	up := *l.top()
	e := element{name: name, traits: up.traits, level: up.level, row: up.row, skip: up.skip || noText(name)}
	if isBlock(name) {
		l.flush()
		if sectioning(name) {
			l.parents = append(l.parents, up.level)
			e.level = len(l.parents) - 1
		}
	}
	switch name {
	case "tr":
		l.rows++
		e.row = l.rows
	case "table":
		e.row = 0
	case "q":
		l.undrawn = len(l.stack)
	}
	e.traits |= traitsOf(name) | namedTraits(name, attr)
	l.stack = append(l.stack, e)
}

// end closes the innermost element, which has the name.
func (l *layouter) end(name string) {
	n := len(l.stack)
	if n == 1 || l.stack[n-1].name != name {
		return
	}
	e := l.stack[n-1]
	l.stack = l.stack[:n-1]
	switch {
	case isBlock(name):
		l.flush()
	case e.drawn > 0 && e.drawn == 1+len(l.blocks):
		l.cur.parts = append(l.cur.parts, either(l.top().traits&inQ == 0, partCloseQ, partCloseInnerQ))
	}
	if l.undrawn == n-1 {
		l.undrawn = 0
	}
}

// drawQuote opens the quotation of the q element that has just been opened,
// unless its text does so itself.
func (l *layouter) drawQuote(run int) {
	q := l.undrawn
	l.undrawn = 0
	r := l.page.runs[run]
	first, _ := utf8.DecodeRuneInString(html.UnescapeString(cut(l.page.text[r.start:r.end], 16)))
	if q >= len(l.stack) || isOpenQuote(first) {
		return
	}
	l.stack[q].drawn = 1 + len(l.blocks)
	l.cur.parts = append(l.cur.parts, either(l.stack[q-1].traits&inQ == 0, partOpenQ, partOpenInnerQ))
}

func either[T any](first bool, a, b T) T {
	if first {
		return a
	}
	return b
}

// lineBreak takes a br: one breaks the line, two the block.
func (l *layouter) lineBreak() {
	if l.top().skip {
		return
	}
	l.breaks++
	if l.breaks > 1 {
		l.flush()
	} else {
		l.cur.parts = append(l.cur.parts, partBreak)
	}
}

// run takes a run of text, or white space where n is negative.
func (l *layouter) run(n int) {
	top := l.top()
	if top.skip || n >= len(l.used) {
		return
	}
	if n < 0 {
		l.cur.parts = append(l.cur.parts, partSpace)
		return
	}
	if l.used[n] {
		return
	}
	l.used[n] = true
	l.breaks = 0
	if l.cur.text == 0 {
		l.cur.traits = top.traits
		l.cur.level, l.cur.row = top.level, top.row
	} else {
		// A block is what all of it is.
		l.cur.traits = l.cur.traits&(top.traits|inCaption|inByline|isAuthor) | top.traits&(inByline|isAuthor)
	}
	if l.undrawn > 0 {
		l.drawQuote(n)
	}
	size := l.page.size(n)
	l.cur.text += size
	if top.traits&inLink != 0 {
		l.cur.linked += size
	}
	l.cur.parts = append(l.cur.parts, n)
}

// flush ends the block at hand.
func (l *layouter) flush() {
	l.breaks = 0
	if l.cur.text > 0 {
		l.cur.kind = kindOf(l.cur.traits)
		l.blocks = append(l.blocks, l.cur)
		l.cur = htmlBlock{}
		return
	}
	l.cur.parts = l.cur.parts[:0]
}

func kindOf(t trait) hearsay.BlockKind {
	switch {
	case t&inCaption != 0:
		return hearsay.Caption
	case t&inHeading != 0:
		return hearsay.Heading
	case t&inQuote != 0:
		return hearsay.Blockquote
	case t&inItem != 0:
		return hearsay.ListItem
	}
	return hearsay.Paragraph
}

// walk lays out a tree of elements. The parser bounds its depth.
func (l *layouter) walk(n *xhtml.Node) {
	switch n.Type {
	case xhtml.TextNode:
		l.textNode(n.Data)
		return
	case xhtml.ElementNode:
		if n.Namespace != "" || noText(n.Data) {
			return
		}
		depth := len(l.stack)
		l.start(n.Data, func(key string) string { return attribute(n, key) })
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			l.walk(c)
		}
		if len(l.stack) > depth {
			l.end(n.Data)
		}
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		l.walk(c)
	}
}

func (l *layouter) textNode(data string) {
	if l.top().traits&inPre == 0 {
		eachMark(data, l.run)
		return
	}
	for line := range strings.Lines(data) {
		eachMark(line, l.run)
		if strings.HasSuffix(line, "\n") {
			l.lineBreak()
		}
	}
}

func attribute(n *xhtml.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// finish ends the layout and returns the blocks.
func (l *layouter) finish() []htmlBlock {
	l.flush()
	return joinRows(l.blocks)
}

// longCell is the length from which a cell of a table is a block of its own:
// the table is there for the looks of the page.
const longCell = 160

// joinRows makes one block of the short cells of each row of a table.
func joinRows(blocks []htmlBlock) []htmlBlock {
	out := blocks[:0]
	for i := 0; i < len(blocks); {
		j, long := i+1, blocks[i].text > longCell
		for ; j < len(blocks) && blocks[j].row == blocks[i].row; j++ {
			long = long || blocks[j].text > longCell
		}
		if blocks[i].row == 0 || long || j == i+1 {
			out = append(out, blocks[i:j]...)
			i = j
			continue
		}
		row := blocks[i]
		row.kind = hearsay.ListItem
		for _, cell := range blocks[i+1 : j] {
			row.parts = append(append(row.parts, partTab), cell.parts...)
			row.text, row.linked = row.text+cell.text, row.linked+cell.linked
		}
		out = append(out, row)
		i = j
	}
	return out
}
