package read

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
)

// A textWriter lays blocks out as text and notes from which bytes of the page
// each part of it came.
type textWriter struct {
	page   *htmlPage
	text   []byte
	pieces []hearsay.Piece
	blocks []hearsay.Block
	quotes []hearsay.Repair
	space  bool // white space stands between what was written and what comes
	before bool // the text of the block at hand has begun
}

// block writes one block, after the white space that parts it from the last.
func (w *textWriter) block(b *htmlBlock) {
	between := "\n\n"
	if n := len(w.blocks); n == 0 {
		between = ""
	} else if b.kind == hearsay.ListItem && w.blocks[n-1].Kind == hearsay.ListItem {
		between = "\n"
	}
	end := len(w.text)
	w.text = append(w.text, between...)
	start := len(w.text)
	w.space, w.before = false, false
	for _, p := range b.parts {
		w.part(p)
	}
	w.text = append(w.text[:start], strings.TrimRight(string(w.text[start:]), " \n\t")...)
	if len(w.text) == start {
		w.text = w.text[:end]
		return
	}
	w.blocks = append(w.blocks, hearsay.Block{Kind: b.kind, Span: hearsay.Span{Start: start, End: len(w.text)}})
}

// part writes a run, or what stands between runs.
func (w *textWriter) part(p int) {
	switch p {
	case partSpace:
		w.space = true
	case partBreak:
		w.white('\n')
	case partTab:
		w.white('\t')
	case partOpenQ:
		w.quote("“")
	case partOpenInnerQ:
		w.quote("‘")
	case partCloseQ:
		w.space = false
		w.quote("”")
	case partCloseInnerQ:
		w.space = false
		w.quote("’")
	default:
		r := w.page.runs[p]
		w.run(int(r.start), int(r.end))
	}
}

// white writes white space that the layout of the page asks for.
func (w *textWriter) white(c byte) {
	if w.before {
		w.text = append(w.text, c)
		w.space, w.before = false, false
	}
}

// quote writes a quotation mark that a browser draws for a q element.
func (w *textWriter) quote(mark string) {
	w.pending()
	start := len(w.text)
	w.text = append(w.text, mark...)
	w.before = true
	w.quotes = append(w.quotes, hearsay.Repair{Kind: hearsay.DrawnQuote, Span: hearsay.Span{Start: start, End: len(w.text)}})
}

// pending writes the one space that stands for white space of the page.
func (w *textWriter) pending() {
	if w.space && w.before {
		w.text = append(w.text, ' ')
	}
	w.space = false
}

// run writes page.text[start:end] with its white space made one space and its
// entities decoded.
func (w *textWriter) run(start, end int) {
	src := w.page.text[:end]
	for at := start; at < end; {
		c, size := src[at], 1
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f':
			w.space = true
		case c == '&':
			size = entityLength(src[at:])
			w.decoded(html.UnescapeString(src[at:at+size]), at, size)
		case c < utf8.RuneSelf:
			size = plainLength(src[at:])
			w.copy(src[at:at+size], at, size)
		default:
			_, size = utf8.DecodeRuneInString(src[at:])
			w.decoded(src[at:at+size], at, size)
		}
		at += size
	}
}

// plainLength is the length of the ASCII text at the start of s up to white
// space or an entity.
func plainLength(s string) int {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || c <= ' ' || c == '&' {
			return max(i, 1)
		}
	}
	return len(s)
}

// entityLength is the length of the entity at the start of s, where "&"
// stands.
func entityLength(s string) int {
	i := 1
	if i < len(s) && s[i] == '#' {
		i++
	}
	for i < len(s) && i < 40 && (s[i] >= '0' && s[i] <= '9' || s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z') {
		i++
	}
	if i < len(s) && s[i] == ';' {
		i++
	}
	return i
}

// decoded writes the characters that page.text[at:at+size] stands for.
func (w *textWriter) decoded(s string, at, size int) {
	whole := true
	for _, r := range s {
		if unicode.IsSpace(r) || invisible(r) {
			whole = false
		}
	}
	if whole {
		w.copy(s, at, size)
		return
	}
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			w.space = true
		case !invisible(r):
			w.copy(string(r), at, size)
		}
	}
}

// invisible reports whether a character only tells where a line may break.
func invisible(r rune) bool {
	switch r {
	case 0xAD, 0x200B, 0x2060, 0xFEFF:
		return true
	}
	return false
}

// copy writes s, which came from page.text[at:at+size].
func (w *textWriter) copy(s string, at, size int) {
	w.pending()
	text := hearsay.Span{Start: len(w.text), End: len(w.text) + len(s)}
	bytes := hearsay.Span{Start: at, End: at + size}
	w.text = append(w.text, s...)
	w.before = true
	if n := len(w.pieces); n > 0 && len(s) == size {
		last := &w.pieces[n-1]
		shift := bytes.Start - text.Start
		// The space between two words is the page's, where both lie as far apart.
		if last.Text.Len() == last.Bytes.Len() && last.Bytes.Start-last.Text.Start == shift && text.Start-last.Text.End <= 1 {
			last.Text.End, last.Bytes.End = text.End, bytes.End
			return
		}
	}
	w.pieces = append(w.pieces, hearsay.Piece{Text: text, Bytes: bytes})
}
