package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/term"
	"golang.org/x/text/width"
)

// screen is what is known of the place that output goes to.
type screen struct {
	terminal bool
	colored  bool
	columns  int
}

const (
	defaultColumns = 80
	leastColumns   = 40
	textColumns    = 96 // longer lines are hard to read
	mostColumns    = 160
)

// screen looks at standard output, the flags and the environment.
func (a *app) screen() screen {
	s := screen{columns: defaultColumns}
	if f, ok := a.out.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		s.terminal = true
		if columns, _, err := term.GetSize(int(f.Fd())); err == nil && columns > 0 {
			s.columns = columns
		}
	}
	if n, err := strconv.Atoi(a.getenv("COLUMNS")); err == nil && n > 0 {
		s.columns = n
	}
	s.columns = min(max(s.columns, leastColumns), mostColumns)
	switch a.color {
	case "always":
		s.colored = true
	case "auto":
		s.colored = s.terminal && a.getenv("NO_COLOR") == "" && a.getenv("TERM") != "dumb"
	}
	return s
}

// A style is a colour, with or without the flags bold, underlined and struck. The
// colours are of middling brightness, so that they can be read on a dark and
// on a light background.
type style uint8

const (
	plain style = iota
	faint
	speakerColor
	cueColor
	contentColor
	addresseeColor
	colors // how many there are

	struck     style = 0x20
	bold       style = 0x40
	underlined style = 0x80
)

var colorCodes = [colors]string{
	plain:          "",
	faint:          ";38;5;244",
	speakerColor:   ";38;5;166", // orange
	cueColor:       ";38;5;134", // violet
	contentColor:   ";38;5;31",  // blue
	addresseeColor: ";38;5;64",  // green
}

// code is what tells a terminal to print in the style.
func (s style) code() string {
	code := "\x1b[0"
	if s&bold != 0 {
		code += ";1"
	}
	if s&underlined != 0 {
		code += ";4"
	}
	if s&struck != 0 {
		code += ";9"
	}
	return code + colorCodes[s&^(bold|underlined|struck)] + "m"
}

// sheet writes styled lines.
type sheet struct {
	w       *bytes.Buffer
	colored bool
	columns int
	now     style
}

// style switches to s.
func (p *sheet) style(s style) {
	if p.colored && s != p.now {
		p.w.WriteString(s.code())
		p.now = s
	}
}

// put writes text that is printable already.
func (p *sheet) put(s style, text string) {
	if text != "" {
		p.style(s)
		p.w.WriteString(text)
	}
}

// newline ends the line, and whatever colour it had.
func (p *sheet) newline() {
	p.style(plain)
	p.w.WriteString("\n")
}

// line writes one line in one style.
func (p *sheet) line(s style, text string) {
	if text != "" {
		p.flow([]words{{s, text}}, "", "")
	}
}

// words are a part of a line in one style.
type words struct {
	style style
	text  string
}

// flow writes the runs as a paragraph, wrapped to the columns, each line led
// by the indent, the first by the lead of the same width.
func (p *sheet) flow(runs []words, lead, indent string) {
	f := flowing{sheet: p, indent: indent, room: max(p.columns-cells(indent), 10)}
	p.put(faint, lead)
	for _, r := range runs {
		rest := r.text
		for rest != "" {
			space := strings.IndexFunc(rest, unicode.IsSpace)
			if space < 0 {
				f.add(words{r.style, rest})
				break
			}
			if space > 0 {
				f.add(words{r.style, rest[:space]})
			}
			f.endWord(r.style)
			rest = strings.TrimLeftFunc(rest[space:], unicode.IsSpace)
		}
	}
	f.endWord(plain)
	p.newline()
}

// flowing is a paragraph on its way.
type flowing struct {
	*sheet
	indent string
	room   int     // cells in a line
	used   int     // cells of the line that are taken
	word   []words // the word being gathered
	wide   int     // its cells
	gap    style   // of the space before it
}

// add gathers a part of a word.
func (f *flowing) add(r words) {
	r.text = printable(r.text)
	f.word = append(f.word, r)
	f.wide += cells(r.text)
}

// endWord writes the word that was gathered, on a new line where this one has
// no room for it; gap is the style of the space after it.
func (f *flowing) endWord(gap style) {
	if len(f.word) == 0 {
		return
	}
	switch {
	case f.used == 0:
	case f.used+1+f.wide <= f.room:
		f.put(f.gap, " ")
		f.used++
	default:
		f.wrap()
	}
	for _, r := range f.word {
		f.place(r)
	}
	f.word, f.wide, f.gap = f.word[:0], 0, gap
}

// place writes a part of a word, broken where it is longer than a line.
func (f *flowing) place(r words) {
	for r.text != "" {
		if f.used >= f.room {
			f.wrap()
		}
		head := clip(r.text, f.room-f.used)
		f.put(r.style, head)
		f.used += cells(head)
		r.text = r.text[len(head):]
	}
}

func (f *flowing) wrap() {
	f.newline()
	f.put(faint, f.indent)
	f.used = 0
}

// printable makes the characters visible that a terminal would obey, or that
// would make text look other than it is: an escape is shown as <U+001B>. Line
// ends and tabs stay.
func printable(text string) string {
	if !strings.ContainsFunc(text, obeyed) && utf8.ValidString(text) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if obeyed(r) {
			fmt.Fprintf(&b, "<U+%04X>", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// answer is where text of others goes as it is: standard output, which a
// terminal shows with printable characters only.
func (a *app) answer() io.Writer {
	if a.screen().terminal {
		return &visibleWriter{w: a.out}
	}
	return a.out
}

// visibleWriter writes printable text.
type visibleWriter struct {
	w    io.Writer
	rest []byte // of a character that has not come as a whole
}

func (v *visibleWriter) Write(b []byte) (int, error) {
	all := append(v.rest, b...)
	whole := len(all)
	for i := 1; i < utf8.UTFMax && i <= len(all); i++ {
		if utf8.RuneStart(all[len(all)-i]) {
			if !utf8.FullRune(all[len(all)-i:]) {
				whole -= i
			}
			break
		}
	}
	_, err := io.WriteString(v.w, printable(string(all[:whole])))
	v.rest = append([]byte(nil), all[whole:]...)
	return len(b), err
}

// oneLine is printable with every run of white space as one space.
func oneLine(text string) string {
	return printable(strings.Join(strings.Fields(text), " "))
}

// obeyed reports whether a terminal acts on a character instead of showing it,
// or the character has no look of its own and changes that of its neighbours.
func obeyed(r rune) bool {
	switch {
	case r == '\n', r == '\t':
		return false
	case r == 0xad, r == 0x200c, r == 0x200d: // hyphenation, and how letters and emoji join
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

// cells returns how many columns of a terminal a text takes.
func cells(text string) int {
	n := 0
	for _, r := range text {
		n += cellsOf(r)
	}
	return n
}

func cellsOf(r rune) int {
	if r < 0x300 {
		return 1
	}
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
		return 2
	}
	return 1
}

// clip returns the longest beginning of text that takes so many columns, and
// one character at least.
func clip(text string, columns int) string {
	for i, r := range text {
		columns -= cellsOf(r)
		if columns < 0 && i > 0 {
			return text[:i]
		}
	}
	return text
}

// shorten returns text in so many columns, cut between words where it is too
// long.
func shorten(text string, columns int) string {
	if cells(text) <= columns {
		return text
	}
	head := clip(text, max(columns-1, 1))
	if space := strings.LastIndexByte(head, ' '); space > len(head)*2/3 {
		head = head[:space]
	}
	return strings.TrimRight(head, " ,;:…") + "…"
}
