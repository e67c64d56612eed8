package read

import (
	"bytes"

	xhtml "golang.org/x/net/html"
)

// feed lays out the markup of a page without a tree of its elements: linear in
// time whatever the page is. An end tag closes what it names, and all that was
// opened within.
func (l *layouter) feed(markup []byte) {
	z := xhtml.NewTokenizer(bytes.NewReader(markup))
	for {
		switch z.Next() {
		case xhtml.ErrorToken:
			return
		case xhtml.TextToken:
			l.textNode(string(z.Text()))
		case xhtml.StartTagToken, xhtml.SelfClosingTagToken:
			name, more := z.TagName()
			tag := string(name)
			attrs := tagAttributes(z, more)
			l.closeImplied(tag)
			l.start(tag, attrs.get)
		case xhtml.EndTagToken:
			name, _ := z.TagName()
			l.closeTo(string(name))
		}
	}
}

// lookBack is how far a tag looks for an element that it closes.
const lookBack = 32

// closeImplied closes the elements that a start tag closes.
func (l *layouter) closeImplied(tag string) {
	switch top := l.top().name; {
	case tag == "a":
		l.closeTo("a")
	case isBlock(tag) && l.inParagraph():
		l.closeTo("p")
	case cell(tag) && cell(top), tag == top && (tag == "li" || tag == "tr"), tag == "dd" && top == "dt", tag == "dt" && top == "dd":
		l.closeTo(top)
	}
}

func cell(name string) bool { return name == "td" || name == "th" }

// inParagraph reports whether a p is open in the innermost block.
func (l *layouter) inParagraph() bool {
	for i := len(l.stack) - 1; i > max(0, len(l.stack)-lookBack); i-- {
		if name := l.stack[i].name; isBlock(name) {
			return name == "p"
		}
	}
	return false
}

// closeTo closes the nearest open element of the name and all within it.
func (l *layouter) closeTo(name string) {
	for i := len(l.stack) - 1; i > max(0, len(l.stack)-lookBack); i-- {
		if l.stack[i].name == name {
			for len(l.stack) > i {
				l.end(l.top().name)
			}
			return
		}
	}
}
