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
			var attrs attributes
			for more {
				var key, value []byte
				key, value, more = z.TagAttr()
				attrs.add(key, value)
			}
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
	switch {
	case tag == "p" || isBlock(tag) && l.top().name == "p":
		if l.top().name == "p" || tag == "p" && l.isOpen("p") {
			l.closeTo("p")
		}
	case tag == "a":
		l.closeTo("a")
	}
	switch tag {
	case "li", "td", "th", "tr", "dd", "dt", "option":
		if l.top().name == tag || (tag == "dd" && l.top().name == "dt") || (tag == "dt" && l.top().name == "dd") || tag == "td" && l.top().name == "th" {
			l.closeTo(l.top().name)
		}
	}
}

func (l *layouter) isOpen(name string) bool {
	for i := len(l.stack) - 1; i > max(0, len(l.stack)-lookBack); i-- {
		switch l.stack[i].name {
		case name:
			return true
		case "div", "td", "table", "li", "section", "article", "blockquote":
			return false
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
