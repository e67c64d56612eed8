package read

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"hearsay"
)

// maxFurniture is the length in bytes up to which a block may be something
// else than running text.
const maxFurniture = 300

// furniture tells captions, credit lines and boilerplate from the paragraphs
// of a report: block i of list, which is taken for a paragraph so far.
func furniture(text string, list []hearsay.Block, i int) hearsay.BlockKind {
	s := list[i].In(text)
	if len(s) > maxFurniture {
		return hearsay.Paragraph
	}
	c := creditOf(s)
	switch {
	case isCaption(s):
		return hearsay.Caption
	case c.found && (!c.initialsOnly() || i >= len(list)-3), i < 4 && isDateLine(s):
		return hearsay.Credit
	case isBoilerplate(s), i >= len(list)-2 && i > 0 && isTagLine(s):
		return hearsay.Boilerplate
	}
	return hearsay.Paragraph
}

// classify tells captions, credit lines and boilerplate among the paragraphs
// of doc, and takes bylines, credits, initials and the date from its blocks where
// they are unknown.
func classify(doc *hearsay.Document) {
	known := len(doc.Bylines) > 0
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		s := b.In(doc.Text)
		switch {
		case b.Kind == hearsay.Paragraph:
			b.Kind = furniture(doc.Text, doc.Blocks, i)
		case b.Kind == hearsay.ListItem && strings.HasPrefix(s, "-") && len(creditOf(s).agencies) > 0:
			b.Kind = hearsay.Credit // "- Reuters"
		}
		switch {
		case b.Kind == hearsay.Credit:
			c := creditOf(s)
			if !known {
				for _, name := range c.names {
					doc.Bylines = appendNew(doc.Bylines, name)
				}
			}
			for _, a := range c.agencies {
				doc.Credits = appendNew(doc.Credits, a)
			}
			doc.Initials = append(doc.Initials, c.initials...)
			if doc.Published.IsZero() && i < 4 {
				doc.Published = parseDate(datePrefix.ReplaceAllString(s, ""))
			}
		case b.Kind == hearsay.Paragraph && i < 4:
			for _, a := range dateLineAgencies(s) {
				doc.Credits = appendNew(doc.Credits, a)
			}
		}
	}
}

var (
	captionStart = regexp.MustCompile(`^(?i:[(\[]?(?:file\s+)?(?:photo(?:graph)?s?|images?|picture|foto|bild|illustration|graphic|video))(?:(?i:\s+(?:by|credit|courtesy(?:\s+of)?|source))?\s*[:©/]|(?i:\s+(?:by|courtesy\s+of))\s+\p{Lu})`)
	captionEnd   = regexp.MustCompile(`(?:\([^()]{0,40}\b(?:Photos?|Images?|Picture)\b[^()]{0,60}\)|\((?:Photo|Image|Picture)s?\s[^()]{1,80}\)|\b(?:REUTERS|AP|AFP|EPA|dpa)/[\p{L} .'’-]{3,40}|\b(?:AFP|via|/)\s?Getty(?: Images)?\)?|\bGetty Images\)?)$`)
)

// isCaption reports whether a block says what a picture shows or who took it.
func isCaption(s string) bool {
	if first, _ := utf8.DecodeRuneInString(s); isOpenQuote(first) {
		return false
	}
	if start := s[:min(len(s), 40)]; (strings.ContainsAny(start, ":©/") || strings.Contains(start, " by ") || strings.Contains(start, " of ")) && captionStart.MatchString(s) {
		return true
	}
	s = strings.TrimRight(s, ". ")
	end := s[max(0, len(s)-100):]
	return (strings.HasSuffix(s, ")") || strings.Contains(end, "/") || strings.Contains(end, "Getty")) && captionEnd.MatchString(s)
}

var datePrefix = regexp.MustCompile(`(?i)^(?:first\s+)?(?:published|posted|updated|last updated|date)(?:\s+on|\s+at)?\s*:?\s+`)

// isDateLine reports whether a block is a date by itself.
func isDateLine(s string) bool {
	return len(s) < 60 && strings.ContainsAny(s, "0123456789") && !parseDate(datePrefix.ReplaceAllString(s, "")).IsZero()
}

// phrases tells what is no part of a report by its words, in lower case:
// those that are all of it, those it begins with and those it holds, by their
// first letter.
type phrases struct {
	is            map[string]bool
	starts, holds [256][]string
}

var boilerplate = sync.OnceValue(func() *phrases {
	p := &phrases{is: map[string]bool{}}
	for _, line := range lines("boilerplate") {
		where, words, _ := strings.Cut(line, ": ")
		words = strings.TrimSpace(words)
		switch first := words[0]; where {
		case "is":
			p.is[words] = true
		case "starts":
			p.starts[first] = append(p.starts[first], words)
		case "holds":
			p.holds[first] = append(p.holds[first], words)
		}
	}
	return p
})

// maxNotice is the length in bytes up to which what begins like an appeal is
// one.
const maxNotice = 200

// isBoilerplate reports whether a block is an appeal to the reader, a link to
// elsewhere, a notice of rights or a mere divider.
func isBoilerplate(s string) bool {
	if strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 {
		return !strings.ContainsAny(s, "“”\"")
	}
	p := boilerplate()
	if len(s) < 60 && p.is[strings.Trim(strings.ToLower(strings.ReplaceAll(s, "’", "'")), " .!:>»*-[]()…")] {
		return true
	}
	if start := strings.TrimLeft(s, " *>»[(-"); start != "" && len(start) <= maxNotice && beginsWith(start, p.starts[lower(start[0])]) {
		return !strings.ContainsAny(s, "“”\"")
	}
	word := true // one may start here
	for i := range len(s) {
		if word && beginsWith(s[i:], p.holds[lower(s[i])]) {
			return !strings.ContainsAny(s, "“”\"") // else somebody may be saying it
		}
		word = s[i] == ' ' || s[i] == '('
	}
	return false
}

// beginsWith reports whether s begins with one of the phrases, in upper or
// lower case.
func beginsWith(s string, phrases []string) bool {
	for _, p := range phrases {
		if len(s) >= len(p) && strings.EqualFold(s[:len(p)], p) {
			return true
		}
	}
	return false
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

// tagWords are the words with which authors describe themselves, and those
// that make a sentence of a description.
var tagWords = sync.OnceValue(func() (w struct{ self, sentence map[string]bool }) {
	g := groups("taglines")
	w.self, w.sentence = set(g["self"]), set(g["sentence"])
	return w
})

// isTagLine reports whether a block is an author's description of himself in
// fragments: short, without a verb or a subject, most of them with a word
// that such lines are made of.
func isTagLine(s string) bool {
	s = strings.Trim(s, "“”\"'‘’ ")
	if !strings.HasSuffix(s, ".") {
		return false
	}
	w := tagWords()
	fragments, own := 0, 0
	for f := range strings.SplitSeq(strings.TrimSuffix(s, "."), ". ") {
		words := strings.Fields(strings.ToLower(f))
		if len(words) == 0 || len(words) > 6 {
			return false
		}
		fragments++
		self := false
		for _, word := range words {
			word = strings.Trim(word, ",;:!()")
			if w.sentence[word] || strings.ContainsAny(word, "0123456789“”\"") {
				return false
			}
			self = self || w.self[word]
		}
		if self {
			own++
		}
	}
	return fragments >= 2 && own*3 >= fragments*2
}
