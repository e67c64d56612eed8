package read

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
)

// The lengths in bytes up to which a line can be the title of a report, and a
// heading within it; and that from which a line is running text.
const maxTitle, maxHeading, leastBody = 180, 120, 100

// maxStack is how many headings stand above one another before running text
// follows: title, subtitle, heading. More of them are a list.
const maxStack = 3

// markHeadings makes headings of the short paragraphs of doc, which is plain
// text, that have no final stop and stand before running text. The first block
// is the title where it is a heading.
func markHeadings(doc *hearsay.Document) {
	text, list := doc.Text, doc.Blocks
	labels := speakerLabels(text, list)
	var stack []int // the lines that look like headings since the last running text
	for i, b := range list {
		s := b.In(text)
		switch {
		case b.Kind == hearsay.Heading, b.Kind == hearsay.Caption, b.Kind == hearsay.Credit && i < len(list)-1:
			// Bylines, dates and pictures stand between a title and its text.
		case b.Kind == hearsay.Paragraph && quotedHeading(text, list, i):
			list[i].Kind = hearsay.Heading
			stack = stack[:0]
		case b.Kind == hearsay.Paragraph && looksHeading(s, i == 0) && !labels[label(s)]:
			stack = append(stack, i)
		case b.Kind == hearsay.Paragraph && (len(s) >= leastBody || stopped(s)), b.Kind == hearsay.ListItem, b.Kind == hearsay.Blockquote:
			for _, k := range stack {
				if len(stack) <= maxStack || k == 0 {
					list[k].Kind = hearsay.Heading
				}
			}
			stack = stack[:0]
		case len(stack) > 0 && stack[0] == 0 && twoSentences.MatchString(s):
			stack = stack[:1] // a standfirst, below the title
		default:
			stack = stack[:0]
		}
	}
	if len(list) > 1 && list[0].Kind == hearsay.Heading && doc.Title == "" {
		doc.Title = strings.Join(strings.Fields(strings.TrimLeft(list[0].In(text), "# ")), " ")
	}
}

// twoSentences tells a line in which one sentence ends and another begins; the
// stop is that of no abbreviation.
var twoSentences = regexp.MustCompile(`(?:\s\p{Ll}{3,}|\p{Ll}{4})\.\s+\p{Lu}`)

// looksHeading reports whether a line by itself can be a heading.
func looksHeading(s string, title bool) bool {
	if len(s) > maxTitle || len(s) > maxHeading && !title || strings.IndexFunc(s, unicode.IsLetter) < 0 {
		return false
	}
	first, n := utf8.DecodeRuneInString(s)
	if isOpenQuote(first) {
		if spoken(s) {
			return false
		}
		first, _ = utf8.DecodeRuneInString(s[n:])
	}
	if !unicode.IsUpper(first) && !unicode.IsTitle(first) && !unicode.IsDigit(first) && !unicode.Is(unicode.Lo, first) {
		return false
	}
	if stopped(s) {
		return strings.HasSuffix(s, "?") && title
	}
	if !title && twoSentences.MatchString(s) {
		return false
	}
	if last, _ := utf8.DecodeLastRuneInString(s); strings.ContainsRune(":,;-–—", last) {
		return false
	}
	_, after, labelled := strings.Cut(s, ": ")
	return !labelled || !spoken(after) || strings.HasPrefix(after, "‘") || strings.HasPrefix(after, "'")
}

// quotedHeading reports whether block i of list is a heading all in quotation
// marks: it is short, has no final stop where speech would have one, and begins
// the report or stands between two paragraphs of running text.
func quotedHeading(text string, list []hearsay.Block, i int) bool {
	s := list[i].In(text)
	first, n := utf8.DecodeRuneInString(s)
	last, m := utf8.DecodeLastRuneInString(s)
	if !isOpenQuote(first) || len(s) > maxQuoted || len(s) <= n+m || !between(text, list, i) && !begins(text, list, i) {
		return false
	}
	inside := s[n : len(s)-m]
	closing, marks := string(first), "\""
	switch first {
	case '“':
		closing, marks = "”", "“”"
	case '‘':
		closing, marks = "’", "“”‘"
	}
	return string(last) == closing && !strings.ContainsAny(inside, marks+".!?…—:;") && !strings.HasSuffix(inside, ",") && startsUpper(inside)
}

// maxQuoted is the length in bytes up to which a heading can be all in
// quotation marks.
const maxQuoted = 80

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// between reports whether block i of list stands between two paragraphs of
// running text; captions beside them do not count.
func between(text string, list []hearsay.Block, i int) bool {
	before, after := i-1, i+1
	for before >= 0 && list[before].Kind == hearsay.Caption {
		before--
	}
	for after < len(list) && list[after].Kind == hearsay.Caption {
		after++
	}
	return before >= 0 && after < len(list) && isRunning(text, list[before]) && isRunning(text, list[after])
}

// begins reports whether block i of list is the first, with running text behind it
// or behind the headings, captions and credits that follow it.
func begins(text string, list []hearsay.Block, i int) bool {
	const most = 4
	for k := i + 1; i == 0 && k < len(list) && k <= most; k++ {
		if isRunning(text, list[k]) {
			return true
		}
	}
	return false
}

// leastRunning is the length in bytes from which a paragraph that ends with a
// stop is running text.
const leastRunning = 60

func isRunning(text string, b hearsay.Block) bool {
	return b.Kind == hearsay.Paragraph && b.Len() >= leastRunning && stopped(b.In(text))
}

// markCapitals makes headings of the short paragraphs of a page that are all
// in capitals and stand between paragraphs of running text, each only once.
func markCapitals(doc *hearsay.Document) {
	text, list := doc.Text, doc.Blocks
	count := map[string]int{}
	for _, b := range list {
		if b.Kind == hearsay.Paragraph && b.Len() <= maxHeading {
			count[b.In(text)]++
		}
	}
	for i, b := range list {
		s := b.In(text)
		if b.Kind != hearsay.Paragraph || count[s] != 1 || s != strings.ToUpper(s) || s == strings.ToLower(s) || len(strings.Fields(s)) < 3 {
			continue
		}
		if looksHeading(s, false) && !strings.Contains(s, ": ") && between(text, list, i) {
			list[i].Kind = hearsay.Heading
		}
	}
}

// spoken reports whether all of s stands in quotation marks, or s ends like a
// sentence within them.
func spoken(s string) bool {
	first, n := utf8.DecodeRuneInString(s)
	if !isOpenQuote(first) {
		return false
	}
	rest := s[n:]
	end := strings.IndexAny(rest, "”\"»“")
	if first == '‘' || first == '\'' {
		end = strings.LastIndexAny(rest, "’'")
	}
	if end < 0 {
		return true
	}
	_, size := utf8.DecodeRuneInString(rest[end:])
	return strings.TrimSpace(rest[end+size:]) == "" || end > 0 && strings.ContainsRune(".,!?", rune(rest[end-1]))
}

func isOpenQuote(r rune) bool { return strings.ContainsRune("“\"‘'«„", r) }

// stopped reports whether s ends with a final stop, whatever closes
// after it.
func stopped(s string) bool {
	s = strings.TrimRight(s, "”’\"')»“] ")
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "…")
}

// label returns what stands before the first colon of a line, where that may
// be the name of a speaker.
func label(s string) string {
	name, _, found := strings.Cut(s[:min(len(s), 60)], ":")
	if !found || len(strings.Fields(name)) > 5 {
		return ""
	}
	return name
}

// speakerLabels returns the labels that begin several lines, as in a
// transcript or an interview.
func speakerLabels(text string, list []hearsay.Block) map[string]bool {
	count := map[string]int{}
	for _, b := range list {
		if b.Kind == hearsay.Paragraph {
			if name := label(b.In(text)); name != "" {
				count[name]++
			}
		}
	}
	labels := map[string]bool{}
	for name, n := range count {
		if n > 1 || name == strings.ToUpper(name) && len(count) > 1 {
			labels[name] = true
		}
	}
	return labels
}
