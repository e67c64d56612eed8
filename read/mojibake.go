package read

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"hearsay"
)

// A misreading is a charset that UTF-8 is often taken for.
type misreading struct {
	charset *charmap.Charmap
	latin   bool // letters with accents of Western languages are its leads
}

var misreadings = [...]misreading{
	{charmap.Windows1252, true},
	{charmap.Macintosh, false},
	{charmap.CodePage437, false},
	{charmap.CodePage850, false},
	{charmap.Windows1251, false},
	{charmap.Windows1250, false},
}

// A misreader tells which bytes the characters stand for in each misreading.
// Bytes below 0x80 stand for themselves and are not in the table.
type misreader struct {
	bytes [0x2600][len(misreadings)]byte
	leads [0x2600]bool // the byte is the first of several in UTF-8, in any of them
	tails [0x2600]bool // the byte is not the first
}

// misread makes the table. The bytes that windows-1252 leaves undefined stand
// for C1 control characters, in all of them, as when ISO 8859-1 was meant.
var misread = sync.OnceValue(func() *misreader {
	var m misreader
	for k, reading := range misreadings {
		for b := 0x80; b < 0xa0; b++ {
			m.bytes[b][k] = byte(b)
		}
		for b := 0x80; b <= 0xff; b++ {
			if r := reading.charset.DecodeByte(byte(b)); r < rune(len(m.bytes)) && r >= 0x80 {
				m.bytes[r][k] = byte(b)
			}
		}
	}
	for r := range m.bytes {
		for _, b := range m.bytes[r] {
			m.leads[r] = m.leads[r] || b >= 0xc2 && b <= 0xf4
			m.tails[r] = m.tails[r] || b >= 0x80 && b < 0xc0
		}
	}
	return &m
})

// sequence decodes the UTF-8 that runes stand for in a misreading, if they
// begin with a character of several bytes.
func (m *misreader) sequence(runes []rune, k int) (rune, int) {
	var b [utf8.UTFMax]byte
	n := 0
	for n < len(b) && n < len(runes) && runes[n] < rune(len(m.bytes)) {
		if b[n] = m.bytes[runes[n]][k]; b[n] < 0x80 {
			break
		}
		n++
	}
	if n < 2 {
		return 0, 0
	}
	r, size := utf8.DecodeRune(b[:n])
	if r == utf8.RuneError && size < 3 {
		return 0, 0
	}
	return r, size
}

// unscramble mends UTF-8 that was read as another charset, once or several
// times, wherever it stands in the text.
func unscramble(doc *hearsay.Document) *edits {
	text := doc.Text
	e := &edits{text: text}
	c1 := sync.OnceValue(func() bool { return strings.ContainsFunc(text, isPunctuationC1) })
	var clusters []cluster
	doubtful := false
	for at := 0; at < len(text); {
		if text[at] < utf8.RuneSelf {
			at++
			continue
		}
		start, end := at, at
		if start > 0 && decomposedLead(text[start-1:]) {
			start--
		}
		for end < len(text) && (text[end] >= utf8.RuneSelf || decomposedLead(text[end:])) {
			end++
		}
		if c := (cluster{text: text, start: start, end: end, c1: c1}); len(clusters) < maxHeard || c.suspicious() {
			clusters = append(clusters, c)
			doubtful = doubtful || c.suspicious()
		}
		at = end
	}
	if !doubtful {
		return e
	}
	known := hear(clusters[:min(len(clusters), maxHeard)])
	for _, c := range clusters {
		if c.known = known; c.suspicious() {
			c.mend(e)
		}
	}
	return e
}

// maxHeard is how many clusters are asked how a text was misread.
const maxHeard = 1 << 12

// decomposedLead reports whether s begins with a letter "Ã" or "Â" in two
// characters.
func decomposedLead(s string) bool {
	return strings.HasPrefix(s, "A\u0303") || strings.HasPrefix(s, "A\u0302")
}

var composeLeads = strings.NewReplacer("A\u0303", "Ã", "A\u0302", "Â")

// isPunctuationC1 reports whether a control character is what a quotation
// mark or dash of windows-1252 becomes when read as ISO 8859-1.
func isPunctuationC1(r rune) bool { return r >= 0x91 && r <= 0x97 }

// A cluster is a run of characters beyond ASCII, and of decomposed leads.
type cluster struct {
	text       string
	start, end int
	known      witnesses
	c1         func() bool // the text has control characters in the place of punctuation
}

// suspicious reports whether anything in the cluster may have to be mended.
// It says no to nearly all clusters of clean text, quickly.
func (c cluster) suspicious() bool {
	m := misread()
	lead := false
	for _, r := range c.text[c.start:c.end] {
		if r >= 0x80 && r < 0xa0 || r == 'Ã' || r == 'Â' || r == '\u0302' || r == '\u0303' {
			return true
		}
		if r >= rune(len(m.leads)) {
			lead = false
			continue
		}
		if lead && m.tails[r] {
			return true
		}
		lead = m.leads[r]
	}
	return false
}

// mend adds the edits that the cluster needs.
func (c cluster) mend(e *edits) {
	was := []rune(c.text[c.start:c.end])
	now := []rune(composeLeads.Replace(c.text[c.start:c.end]))
	before, _ := utf8.DecodeLastRuneInString(c.text[:c.start])
	after := c.text[c.end:]
	spaces, changed := 0, false // spaces are taken from after the cluster
	if next := misread().unfold(now); next != nil {
		now, changed = next, true
	}
	settled := false
	if next := c.byWitness(now); next != nil {
		now, changed, settled = next, true, true
	}
	for range 4 {
		if settled {
			break
		}
		next, more := round(now, before, after[spaces:])
		if next == nil {
			break
		}
		now, spaces, changed = next, spaces+more, true
	}
	if !changed {
		now = was
	}
	now = c.mendC1(now)
	// What is the same at both ends stays out of the record.
	start, end := c.start, c.end
	for len(was) > 0 && len(now) > 0 && was[0] == now[0] {
		start += utf8.RuneLen(was[0])
		was, now = was[1:], now[1:]
	}
	for len(was) > 0 && len(now) > 0 && spaces == 0 && was[len(was)-1] == now[len(now)-1] {
		end -= utf8.RuneLen(was[len(was)-1])
		was, now = was[:len(was)-1], now[:len(now)-1]
	}
	if len(was) > 0 || len(now) > 0 {
		e.add(start, end+spaces, string(now), hearsay.Mojibake)
	}
}

// mendC1 puts the punctuation of windows-1252, and its euro and trade mark
// signs, in the place of C1 control characters. NEL stays for a line end,
// unless others show that it is none.
func (c cluster) mendC1(runes []rune) []rune {
	var out []rune
	for i, r := range runes {
		if (isPunctuationC1(r) || r == 0x85 && c.c1() || r == 0x80 || r == 0x99) && !isPartOfUTF8(runes, i) {
			if out == nil {
				out = append(out, runes...)
			}
			out[i] = charmap.Windows1252.DecodeByte(byte(r))
		}
	}
	if out == nil {
		return runes
	}
	return out
}

// round decodes once what can be decoded. It returns nil where nothing can,
// and the number of spaces after the cluster that were part of it.
func round(runes []rune, before rune, after string) (out []rune, spaces int) {
	next, _ := utf8.DecodeRuneInString(after)
	if after == "" {
		next = ' '
	}
	changed, n := false, 0
	for i := 0; i < len(runes); {
		p := place{runes: runes, at: i, before: before, after: next, chained: n > 0}
		put := runes[i : i+1]
		var made []rune
		n, made = p.decode()
		switch {
		case n > 0:
			put = made
		case p.lostTail():
			n, put = 2, []rune{'”'}
			if unicode.IsLetter(before) && unicode.IsLower(p.follows(2)) {
				put[0] = '-'
			}
		case i+1 == len(runes):
			if mended, ate := p.lossy(after); mended != nil {
				n, put, spaces = 1, mended, ate
			}
		}
		changed = changed || n > 0
		out, i, before = append(out, put...), i+max(n, 1), put[len(put)-1]
	}
	if !changed {
		return nil, 0
	}
	return out, spaces
}

// A place is a character of a cluster with what stands around it.
type place struct {
	runes         []rune
	at            int
	before, after rune // after: what follows the cluster
	chained       bool // before was misread, too
}

// follows returns the character n places on.
func (p place) follows(n int) rune {
	if p.at+n < len(p.runes) {
		return p.runes[p.at+n]
	}
	return p.after
}

// lostTail reports whether here stands what is left of a closing quotation
// mark, or of a hyphen (U+2010), whose last byte has no character in
// windows-1252.
func (p place) lostTail() bool {
	next := p.follows(2)
	return p.runes[p.at] == 'â' && p.follows(1) == '€' && p.at+1 < len(p.runes) && (isLatin(next) || !unicode.IsLetter(next))
}

// decomposed maps combining marks to the signs of ISO 8859-1 that become a
// space and that mark in compatibility normalisation.
var decomposed = map[rune]rune{'\u0308': '¨', '\u0304': '¯', '\u0301': '´', '\u0327': '¸'}

// lossy mends the last character of a cluster where its second half has become
// a space, or a space and a combining mark; taken is how much of after that is.
func (p place) lossy(after string) (put []rune, taken int) {
	lead := p.runes[p.at]
	if lead != 'Ã' && lead != 'Â' || !strings.HasPrefix(after, " ") {
		return nil, 0
	}
	mark, n := utf8.DecodeRuneInString(after[1:])
	tail := decomposed[mark]
	switch {
	case tail != 0 && lead == 'Ã':
		return []rune{tail + 0x40}, 1 + n
	case tail != 0:
		return []rune{tail}, 1 + n
	case lead == 'Ã' && unicode.IsLower(p.before):
		if strings.HasPrefix(after, "  ") {
			return []rune{'à'}, 1
		}
		return []rune{'à'}, 0
	case lead == 'Â' && !unicode.IsUpper(p.before) && !unicode.IsSpace(p.before):
		return []rune{' '}, 1
	}
	return nil, 0
}

// runLength is how many characters in a row are looked at to believe the
// first.
const runLength = 4

// decode returns what the characters from here on were before they were
// misread, and how many they are; 0 where they look right as they are.
func (p place) decode() (int, []rune) {
	n, k := p.read()
	if n == 0 {
		return 0, nil
	}
	made := make([]rune, 0, runLength)
	for i := 0; i < n; {
		r, size := misread().sequence(p.runes[p.at+i:], k)
		made, i = append(made, r), i+size
	}
	return n, made
}

// read says how many characters from here on are to be decoded, and as which
// misreading; 0 where they look right as they are.
func (p place) read() (n, k int) {
	m := misread()
	if r := p.runes[p.at]; r >= rune(len(m.leads)) || !m.leads[r] {
		return 0, 0
	}
	for k := range misreadings {
		var run [runLength]rune
		var ends [runLength]int
		n, i := 0, p.at
		for n < runLength {
			r, size := m.sequence(p.runes[i:], k)
			if size == 0 {
				break
			}
			i += size
			run[n], ends[n] = r, i-p.at
			n++
		}
		if n = p.believe(run[:n], ends[:n], k); n > 0 {
			return ends[n-1], k
		}
	}
	return 0, 0
}
