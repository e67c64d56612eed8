package read

import (
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"strings"
	"unicode/utf8"

	xhtml "golang.org/x/net/html"
)

// Limits of one page. Of a thousand pages of outlets and blogs the largest has
// 27,600 nodes, and four have more than maxNodes.
const (
	maxRuns      = 1 << 19 // stretches of text; above, the page is refused
	maxElements  = 60_000  // of one page's markup; above, it is read without a tree
	maxNodes     = 12_000  // of the tree that the extractor gets
	maxNesting   = 600_000 // sum of the depths of these
	maxAttribute = 300     // bytes of an attribute that the extractors look at
	maxShown     = 4_000   // bytes of a run that the extractors see
	maxMeta      = 1_000   // meta, link and time elements kept
	maxLD        = 2 << 20 // bytes of JSON-LD kept
	readSize     = 4 << 10 // between two looks at the clock
)

// An htmlPage is an HTML page taken apart by the tokenizer, which is linear in time
// and knows where it stands.
type htmlPage struct {
	text   string   // the page as decoded
	runs   []run    // its stretches of text between tags
	markup []byte   // the page with every run led by its mark, and without what is never text
	head   htmlHead // what it says of itself

	elements int
	pre      int  // pre elements that are open
	foreign  bool // within a drawing or a formula, of which nothing is kept
	whole    bool // a page, not a part of one
}

// A run is a stretch of text between two tags, as a range of page.text.
type run struct{ start, end int32 }

// htmlHead is what a page says of itself outside the text, in order.
type htmlHead struct {
	title string
	lang  string
	base  string
	meta  []pair   // name, property or itemprop in lower case, and content
	links []pair   // rel and href
	times []pair   // itemprop, class and pubdate of a time element, and its datetime
	ld    []string // JSON-LD scripts
}

type pair struct{ key, value string }

func (h htmlHead) first(list []pair, keys ...string) string {
	for _, key := range keys {
		for _, p := range list {
			if p.key == key && p.value != "" {
				return p.value
			}
		}
	}
	return ""
}

var errTooManyRuns = fmt.Errorf("more than %d stretches of text between tags", maxRuns)

// takeApart tokenizes the page.
func takeApart(ctx context.Context, text string) (*htmlPage, error) {
	p := &htmlPage{text: text, markup: make([]byte, 0, len(text)/2)}
	z := xhtml.NewTokenizer(&slowReader{ctx: ctx, r: strings.NewReader(text)})
	at := 0
	raw := "" // the element whose content is not markup
	for {
		kind := z.Next()
		start := at
		at += len(z.Raw())
		switch kind {
		case xhtml.ErrorToken:
			if errors.Is(z.Err(), io.EOF) {
				return p, nil
			}
			return p, z.Err()
		case xhtml.TextToken:
			if err := p.takeText(raw, start, at); err != nil {
				return p, err
			}
		case xhtml.StartTagToken, xhtml.SelfClosingTagToken:
			raw = p.takeStart(z, kind == xhtml.SelfClosingTagToken)
		case xhtml.EndTagToken:
			raw = ""
			p.takeEnd(z)
		}
	}
}

// takeText takes the text between two tags.
func (p *htmlPage) takeText(raw string, start, end int) error {
	src := p.text[start:end]
	if p.foreign {
		return nil
	}
	switch raw {
	case "":
	case "title":
		if p.head.title == "" {
			p.head.title = oneLine(html.UnescapeString(src))
			p.markup = append(p.markup, "<title>"+html.EscapeString(p.head.title)+"</title>"...)
		}
		return nil
	case "ld":
		if len(p.head.ld) < maxMeta && len(src) < maxLD {
			p.head.ld = append(p.head.ld, src)
		}
		return nil
	default:
		return nil
	}
	if p.pre == 0 {
		return p.addRun(start, end)
	}
	for line := range strings.Lines(src) {
		if err := p.addRun(start, start+len(line)); err != nil {
			return err
		}
		if body := strings.TrimRight(line, "\r\n"); len(body) < len(line) && strings.TrimSpace(body) != "" {
			p.markup = append(p.markup, '\n')
		}
		start += len(line)
	}
	return nil
}

// addRun makes a run of a range of the text, without the white space that it
// begins with.
func (p *htmlPage) addRun(start, end int) error {
	src := p.text[start:end]
	body := strings.TrimLeft(src, " \t\r\n\f")
	if len(body) < len(src) {
		p.markup = append(p.markup, blank(src[:len(src)-len(body)])...)
	}
	if body == "" {
		return nil
	}
	if len(p.runs) == maxRuns {
		return errTooManyRuns
	}
	p.markup = appendMark(p.markup, len(p.runs))
	p.markup = appendText(p.markup, strings.TrimRight(cut(body, maxShown), "\r\n"))
	p.runs = append(p.runs, run{int32(end - len(body)), int32(end)})
	return nil
}

// cut returns the first n bytes of s, or as many as are whole characters.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// blank shortens white space and keeps its line break, which counts in pre.
func blank(s string) string {
	if strings.Contains(s, "\n") {
		return "\n"
	}
	return " "
}

// appendText appends the text such that it stays text and has no mark in it.
func appendText(b []byte, src string) []byte {
	if strings.IndexByte(src, '&') >= 0 {
		src = html.UnescapeString(src)
	}
	if strings.IndexByte(src, 0xF3) >= 0 || strings.IndexByte(src, 0xF4) >= 0 {
		src = strings.Map(func(r rune) rune {
			if r >= firstMark {
				return utf8.RuneError
			}
			return r
		}, src)
	}
	return append(b, html.EscapeString(src)...)
}

// Marks are characters of the private planes 15 and 16, one (or, from 65,534
// on, two) ahead of each run. They come through every extractor as letters of
// no meaning, so that what an extractor returns names the runs it has chosen.
const (
	firstMark = 0xF0000
	highMark  = 0x100000
	markBase  = 0xFFFE
)

func appendMark(b []byte, n int) []byte {
	if high := n / markBase; high > 0 {
		b = utf8.AppendRune(b, rune(highMark+high-1))
	}
	return utf8.AppendRune(b, rune(firstMark+n%markBase))
}

// eachMark calls f with the number of each run marked in the text, or with -1
// for white space between marks.
func eachMark(text string, f func(run int)) {
	high, marked := 0, false
	for _, r := range text {
		switch {
		case r >= highMark:
			high = int(r-highMark) + 1
		case r >= firstMark:
			f(high*markBase + int(r-firstMark))
			high, marked = 0, true
		case !marked:
			f(-1)
			marked = true
		}
	}
}

// takeStart takes a start tag and returns the name of the element where its
// content is not markup.
func (p *htmlPage) takeStart(z *xhtml.Tokenizer, selfClosing bool) string {
	nameBytes, more := z.TagName()
	name := string(nameBytes)
	if len(name) > 40 {
		return ""
	}
	if p.leaveForeign(name, selfClosing) {
		z.NextIsNotRawText()
		return ""
	}
	attrs := tagAttributes(z, more)
	switch name {
	case "script":
		if strings.Contains(strings.ToLower(attrs.get("type")), "ld+json") {
			return "ld"
		}
		return name
	case "title", "style", "noscript", "textarea", "iframe", "noembed", "noframes":
		return name
	case "meta", "link", "base":
		p.takeHead(name, &attrs)
		return ""
	case "body", "head":
		p.whole = true
	case "html":
		p.whole = true
		if p.head.lang == "" {
			p.head.lang = attrs.get("lang")
		}
	case "time":
		if when := attrs.get("datetime"); when != "" && len(p.head.times) < maxMeta {
			p.head.times = append(p.head.times, pair{attrs.get("itemprop") + " " + attrs.get("class") + " " + attrs.get("pubdate"), when})
		}
	}
	if name = simpler(name); name == "pre" {
		p.pre++
	}
	p.elements++
	p.markup = append(p.markup, '<')
	p.markup = append(p.markup, name...)
	p.markup = attrs.append(p.markup)
	if selfClosing {
		p.markup = append(p.markup, '/')
	}
	p.markup = append(p.markup, '>')
	return ""
}

// leaveForeign reports whether a start tag belongs to a drawing or a formula,
// where the rules of HTML for raw text do not hold. Elements of HTML that
// cannot stand in one end it, as they do in browsers.
func (p *htmlPage) leaveForeign(name string, selfClosing bool) bool {
	switch {
	case name == "svg" || name == "math":
		p.foreign = p.foreign || !selfClosing
		return true
	case p.foreign && (isBlock(name) || simpler(name) == "span" || name == "br" || name == "img" || name == "meta"):
		p.foreign = false
	}
	return p.foreign
}

func (p *htmlPage) takeEnd(z *xhtml.Tokenizer) {
	nameBytes, _ := z.TagName()
	switch name := string(nameBytes); {
	case name == "svg" || name == "math":
		p.foreign = false
	case p.foreign && !isBlock(name):
	case len(name) > 40:
	case name == "script", name == "title", name == "style", name == "noscript", name == "textarea",
		name == "iframe", name == "noembed", name == "noframes", name == "meta", name == "link", name == "base":
	default:
		if name = simpler(name); name == "pre" {
			p.pre = max(0, p.pre-1)
		}
		p.markup = append(append(append(p.markup, "</"...), name...), '>')
	}
}

func (p *htmlPage) takeHead(name string, attrs *attributes) {
	h := &p.head
	switch {
	case len(h.meta)+len(h.links) > maxMeta:
	case name == "base":
		if h.base == "" {
			h.base = attrs.get("href")
		}
	case name == "link":
		h.links = append(h.links, pair{strings.ToLower(attrs.get("rel")), attrs.get("href")})
	default:
		value := strings.TrimSpace(attrs.get("content"))
		for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
			if k := attrs.get(key); k != "" {
				h.meta = append(h.meta, pair{strings.ToLower(strings.TrimSpace(k)), value})
			}
		}
	}
}

// simpler returns the element that stands for another in the markup. The
// parser copies elements of formatting into every paragraph after them until
// they are closed, at a cost without bounds; a span says as much to us.
func simpler(name string) string {
	switch name {
	case "xmp", "plaintext", "listing":
		return "pre"
	case "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u":
		return "span"
	}
	return name
}

// attributes holds those attributes of one tag that somebody looks at.
type attributes [len(attributeNames)]string

var attributeNames = [...]string{
	"id", "class", "role", "itemprop", "rel", "href", "style", "hidden", "aria-hidden", "datetime", "data-component",
	"data-lp-replacement-content", "content", "name", "property", "http-equiv", "type", "lang", "pubdate", "itemtype",
}

// inMarkup is how many of attributeNames, from the first, the extractors see.
const inMarkup = 12

// tagAttributes takes the attributes of the tag that the tokenizer is at.
func tagAttributes(z *xhtml.Tokenizer, more bool) (a attributes) {
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		a.add(key, value)
	}
	return a
}

func (a *attributes) add(key, value []byte) {
	for i, name := range attributeNames {
		if string(key) != name || a[i] != "" {
			continue
		}
		if len(value) == 0 && (name == "hidden" || name == "data-lp-replacement-content") {
			value = []byte("true")
		}
		if len(value) > 10*maxAttribute {
			value = value[:10*maxAttribute]
		}
		a[i] = strings.ToValidUTF8(string(value), "")
	}
}

func (a *attributes) get(name string) string {
	for i, n := range attributeNames {
		if n == name {
			return a[i]
		}
	}
	return ""
}

func (a *attributes) append(b []byte) []byte {
	for i, value := range a[:inMarkup] {
		name := attributeNames[i]
		switch {
		case value == "", name == "style" && !hides(value):
			continue
		case len(value) > maxAttribute:
			value = strings.ToValidUTF8(value[:maxAttribute], "")
		}
		b = append(append(append(append(b, ' '), name...), `="`...), html.EscapeString(value)...)
		b = append(b, '"')
	}
	return b
}

// hides reports whether an inline style takes its element out of sight.
func hides(style string) bool {
	s := strings.ReplaceAll(strings.ToLower(style), " ", "")
	return strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden")
}

// oneLine returns the words of s with one space between them.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// A slowReader gives a few kilobytes at a time and fails when the time is
// over: the only way to stop the tokenizer and the parser.
type slowReader struct {
	ctx context.Context
	r   io.Reader
}

func (s *slowReader) Read(b []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(b[:min(len(b), readSize)])
}
