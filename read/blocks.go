package read

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
)

// blocks divides plain text into blocks, and tells list items and quoted
// lines, and the headings of Markdown, from paragraphs. A line is a block, unless the lines were wrapped at some column: then it is what stands
// between blank lines, list markers and lines that end early. The blocks hold
// all of the text but white space.
func blocks(text string) []hearsay.Block {
	all := textLines(text)
	width := wrapWidth(text, all)
	list := all[:0]
	var before hearsay.Span // the line before
	for i, l := range all {
		l.Kind = lineKind(l.In(text))
		if i > 0 && adjoin(text, before, l.Span) {
			last := &list[len(list)-1]
			quote := l.Kind == hearsay.Blockquote && last.Kind == l.Kind
			if quote || l.Kind == hearsay.Paragraph && width > 0 && runsOn(text, before, l.Span, width) {
				last.End, before = l.End, l.Span
				continue
			}
		}
		list, before = append(list, l), l.Span
	}
	return list
}

// textLines returns the lines of a text that are not blank, without the white
// space around them, as blocks of no kind.
func textLines(text string) []hearsay.Block {
	list := make([]hearsay.Block, 0, 1+strings.Count(text, "\n"))
	at := 0
	for line := range strings.Lines(text) {
		left := strings.TrimLeftFunc(line, unicode.IsSpace)
		start := at + len(line) - len(left)
		if left = strings.TrimRightFunc(left, unicode.IsSpace); left != "" {
			list = append(list, hearsay.Block{Span: hearsay.Span{Start: start, End: start + len(left)}})
		}
		at += len(line)
	}
	return list
}

// adjoin reports whether no blank line stands between two lines.
func adjoin(text string, line, next hearsay.Span) bool {
	return strings.Count(text[line.End:next.Start], "\n") < 2
}

// The widths between which text is wrapped by those who wrap it.
const leastWidth, mostWidth = 45, 100

// wrapWidth returns the column at which the lines of a text were wrapped, 0
// where each line is a paragraph.
func wrapWidth(text string, all []hearsay.Block) int {
	width := 0
	for _, l := range all {
		if l.Len() > 4*mostWidth {
			return 0
		}
		width = max(width, utf8.RuneCountInString(l.In(text)))
	}
	if width < leastWidth || width > mostWidth {
		return 0
	}
	pairs, full, open := 0, 0, 0
	for i := 1; i < len(all); i++ {
		if !adjoin(text, all[i-1].Span, all[i].Span) {
			continue
		}
		pairs++
		if runsOn(text, all[i-1].Span, all[i].Span, width) {
			full++
			if !strings.ContainsAny(text[all[i-1].End-1:all[i-1].End], ".!?:\"") {
				open++
			}
		}
	}
	if full < 2 || full*10 < pairs*6 || open*2 < full {
		return 0
	}
	return width
}

// runsOn reports whether a line is so long that the first word of the next
// did not fit into it.
func runsOn(text string, line, next hearsay.Span, width int) bool {
	word := next.In(text)
	if i := strings.IndexByte(word, ' '); i >= 0 {
		word = word[:i]
	}
	return utf8.RuneCountInString(line.In(text))+1+utf8.RuneCountInString(word) > width
}

// lineKind tells list items and quoted lines by what they begin with.
func lineKind(line string) hearsay.BlockKind {
	switch c := line[0]; {
	case c == '>':
		return hearsay.Blockquote
	case c == '#':
		if rest := strings.TrimLeft(line, "#"); len(line)-len(rest) > 6 || !strings.HasPrefix(rest, " ") {
			return hearsay.Paragraph
		}
		if len(line) > maxHeading || stopped(line) {
			return hearsay.ListItem
		}
		return hearsay.Heading
	case (c == '-' || c == '*' || c == '+') && len(line) > 2 && (line[1] == ' ' || line[1] == '\t') && line[2] != c:
		return hearsay.ListItem
	case c == 0xe2:
		for _, bullet := range []string{"•", "‣", "◦", "▪", "●", "■", "–\u00a0", "– "} {
			if strings.HasPrefix(line, bullet) {
				return hearsay.ListItem
			}
		}
	case c == 0xc2 && strings.HasPrefix(line, "· "):
		return hearsay.ListItem
	case c >= '0' && c <= '9' || c == '(' || c >= 'a' && c <= 'z':
		if numbered(line) {
			return hearsay.ListItem
		}
	}
	return hearsay.Paragraph
}

// numbered reports whether a line begins like "1. ", "12) ", "(3) ", "a) ".
func numbered(line string) bool {
	s := strings.TrimPrefix(line, "(")
	bracket := len(s) < len(line)
	digits := 0
	for digits < len(s) && s[digits] >= '0' && s[digits] <= '9' {
		digits++
	}
	n := digits
	if digits == 0 && s != "" && s[0] >= 'a' && s[0] <= 'z' {
		n = 1
	}
	if n == 0 || n > 3 || n+1 >= len(s) || s[n+1] != ' ' && s[n+1] != '\t' {
		return false
	}
	return s[n] == ')' || s[n] == '.' && !bracket && digits > 0
}
