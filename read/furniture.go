package read

import (
	"regexp"
	"strings"
	"sync"
	"time"
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
	c, end := creditOf(s), i >= len(list)-3
	switch {
	case c.found && c.atEnd && end:
		return hearsay.Credit
	case isCaption(s), i > 0 && isAgencyCaption(s):
		return hearsay.Caption
	case c.found && !c.atEnd, i < stampBlocks && !stampDate(s).IsZero():
		return hearsay.Credit
	case i > 0 && i+1 < min(len(list), stampBlocks) && isNameLine(s) && !stampDate(list[i+1].In(text)).IsZero():
		return hearsay.Credit
	case isBoilerplate(s), isAdvertisement(s), isTagLine(text, list, i):
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
		case isAdvertisement(s):
			b.Kind = hearsay.Boilerplate
		case b.Kind == hearsay.ListItem && strings.HasPrefix(s, "-"):
			if c := creditOf(s); len(c.agencies) > 0 && !c.atEnd {
				b.Kind = hearsay.Credit // "- Reuters"
			}
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
			if i < stampBlocks {
				doc.Published = surer(doc.Published, stampDate(s))
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
	creditEnd    = regexp.MustCompile(`(?:^|\S )\(?(?:Photo(?:graph)?s?|Pictures?|Images?|Pic|Foto|Bild)(?: (?:by|credit))?: \p{Lu}[\p{L}.'’&-]*(?:[ /](?:\p{Lu}[\p{L}.'’&-]*|of|the|de|van|von|and|for)){0,7}\)?$`)
	agencyEnd    = regexp.MustCompile(`^(\p{Lu}.{20,200}[\p{L}\d]) [(\[](?:\p{Lu}\p{L}+ \p{Lu}\p{L}+/)?([\p{L} ]{2,30})[)\]]$`)
	presentVerb  = regexp.MustCompile(`(?:^|\s)\p{Ll}+(?:s|ing)\s`)
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
	if strings.Contains(end, ": ") && creditEnd.MatchString(s) {
		return true
	}
	return (strings.HasSuffix(s, ")") || strings.Contains(end, "/") || strings.Contains(end, "Getty")) && captionEnd.MatchString(s)
}

// isNameLine reports whether a line may be a name and nothing else. Above the
// date of a report it is that of the author, the outlet or the place.
func isNameLine(s string) bool {
	n := len(strings.Fields(s))
	return len(s) < 40 && n > 1 && n < 5 && new(byline).isName(s, false)
}

// isAgencyCaption reports whether a block says what a picture shows, and behind
// it in brackets which agency it is from: "The mayor opens the pier (NPA)".
func isAgencyCaption(s string) bool {
	if !strings.HasSuffix(s, ")") && !strings.HasSuffix(s, "]") || strings.ContainsAny(s, "“”\"") {
		return false
	}
	m := agencyEnd.FindStringSubmatch(s)
	if m == nil || len(strings.Fields(m[1])) < 5 || !presentVerb.MatchString(m[1]) {
		return false
	}
	known := agencyName(m[2]) != ""
	return known || len(m[2]) >= 3 && len(m[2]) <= 5 && m[2] == strings.ToUpper(m[2]) && !abbreviates(m[2], m[1])
}

// abbreviates reports whether letters stand for the last words of s: they are
// initials of them, in order.
func abbreviates(letters, s string) bool {
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '-' })
	at := 0
	for _, w := range words[max(0, len(words)-2*len(letters)):] {
		if at < len(letters) && lower(w[0]) == lower(letters[at]) {
			at++
		}
	}
	return at == len(letters)
}

var datePrefix = regexp.MustCompile(`(?i)^(?:first\s+)?(?:published|posted|updated|last updated|date)(?:\s+on|\s+at)?\s*:?\s+`)

// surer returns when a report appeared: what is known of it, unless a stamp
// tells the time of the same day, or nothing is known.
func surer(known, stamp time.Time) time.Time {
	dayOnly := known.Equal(known.Truncate(24*time.Hour)) && known.Location() == time.UTC
	if known.IsZero() || dayOnly && known.Format(time.DateOnly) == stamp.Format(time.DateOnly) {
		return stamp
	}
	return known
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

var advertisement = regexp.MustCompile(`^[\[(*–— -]*(?:(?:ADVERTISEMENT|ADVERTORIAL|ADVERTISING|SPONSORED(?: CONTENT)?|ANZEIGE|WERBUNG|PUBLICITÉ|PUBLICIDAD)(?:$|[^\p{L}])|(?:Advertisement|Advertorial|Anzeige|Werbung)(?:$|\s*[\n|\])–—]|\s+-\s)|Advertisement:)`)

// isAdvertisement reports whether a block says that it is one. What goes on in
// capitals is a headline.
func isAdvertisement(s string) bool {
	if len(s) > maxNotice {
		return false
	}
	m := advertisement.FindString(s)
	if m == "" || strings.ContainsAny(s, "“”\"") {
		return false
	}
	line, _, _ := strings.Cut(s[len(m):], "\n")
	return strings.HasSuffix(m, "\n") || strings.TrimSpace(line) == "" || line != strings.ToUpper(line)
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
