package read

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// authors returns the authors that the page names, and the agencies that it
// names among them. What it states as data wins over what stands in the text.
func (p *htmlPage) authors(r *pageReport, ld ldArticle, outlet, address string) (names, agencies []string) {
	b := byline{outlet: letters(outlet), host: letters(hostOf(address))}
	for _, a := range ld.authors {
		b.add(a, true)
	}
	if len(b.names) == 0 {
		for _, m := range p.head.meta {
			switch m.key {
			case "author", "article:author", "og:article:author", "byl", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "rnews:author", "citation_author", "article.author":
				b.add(m.value, true)
			}
		}
	}
	if len(b.names) == 0 {
		for _, block := range r.bylines {
			b.add(p.plain(block), false)
			if len(b.names) > 0 {
				break
			}
		}
	}
	return b.names, b.agencies
}

// A byline collects authors and agencies.
type byline struct {
	outlet, host    string // in letters
	names, agencies []string
}

var (
	byWords    = regexp.MustCompile(`(?i)^\s*(?:(?:story|words|text|reporting|reported|written|posted|published|edited|review|article|analysis|comment|opinion|interview|veröffentlicht|geschrieben|ein beitrag|verfasst)\s+)?(?:by|von|par|por|di|door|af|av)\s*:?\s+`)
	byJoined   = regexp.MustCompile(`^By:?(\p{Lu})`)
	authorWord = regexp.MustCompile(`(?i)^\s*(?:authors?|autor(?:in|en|es)?|auteure?|redaktion|redakteur(?:in)?|text|foto|journalist)\s*[:|]\s*`)
	// afterName is where a byline goes on to other things than names.
	afterName = regexp.MustCompile(`(?i)\s+(?:in|at|for|from|on|reporting|reports|updated|published|posted|last|is|was|has|writes|am|um|im|für|aus|le|il y a|publié|modifié|actualizado|senior|chief|political|staff|special|our|the)\s.*$|\s*(?:https?:|www\.|[\d(\[@]).*$`)
	// sentenceEnd is a full stop that is none of an initial.
	sentenceEnd = regexp.MustCompile(`(\p{Ll}{3})\.\s+\p{Lu}.*$`)
	dividers    = regexp.MustCompile(`\s*[,;|/•·\n\t]\s*|\s+(?:and|und|et|y|e|with|mit|en|og|och)\s+|\s+[&+–—-]\s+`)
	handle      = regexp.MustCompile(`\S*(?:@|://)\S*`)
)

// startsBy reports whether a line begins as bylines do.
func startsBy(s string) bool { return byWords.MatchString(s) || byJoined.MatchString(s) }

// add takes a byline. One that the page states as data needs no "By" and may
// be one word.
func (b *byline) add(s string, stated bool) {
	s = oneLine(handle.ReplaceAllStringFunc(s, func(m string) string {
		if strings.Contains(m, "://") {
			return " "
		}
		return " , "
	}))
	if len(s) == 0 || len(s) > 400 {
		return
	}
	s = byJoined.ReplaceAllString(s, "By $1")
	lead := byWords.ReplaceAllString(authorWord.ReplaceAllString(s, ""), "")
	if lead == s && !stated && utf8.RuneCountInString(s) > 60 {
		return
	}
	found := len(b.names) + len(b.agencies)
	for _, part := range dividers.Split(lead, 24) {
		part = byWords.ReplaceAllString(strings.TrimSpace(part), "")
		if !b.addPart(part, stated) && !stated && len(b.names)+len(b.agencies) > found {
			return // what follows the names is something else
		}
	}
}

// addPart takes what stands between two dividers of a byline.
func (b *byline) addPart(part string, stated bool) bool {
	short := sentenceEnd.ReplaceAllString(afterName.ReplaceAllString(part, ""), "$1")
	full := short
	short = withoutTitles(strings.TrimLeft(strings.Trim(short, " :*'\"“”„"), "."))
	for _, s := range []string{part, short} {
		if agency := agencyName(s); agency != "" {
			b.agencies = appendNew(b.agencies, agency)
			return true
		}
	}
	titled := len(strings.Fields(short)) < len(strings.Fields(full))
	if b.isName(short, stated && !titled) {
		b.names = appendNew(b.names, short)
		return true
	}
	return false
}

// withoutTitles takes words from the end that are none of a name.
func withoutTitles(s string) string {
	words := strings.Fields(s)
	for n := len(words); n > 1; n-- {
		last := strings.ToLower(strings.Trim(words[n-1], ".,:()"))
		if !bylineWords()["other"][last] && !(n > 2 && bylineWords()["after"][last]) {
			break
		}
		words = words[:n-1]
	}
	s = strings.Join(words, " ")
	if initialAtEnd.MatchString(s) {
		return s
	}
	return strings.TrimRight(s, ".")
}

var initialAtEnd = regexp.MustCompile(`\s\p{Lu}\.$`)

// agencyName returns the name of the news agency that s names, "" for none.
func agencyName(s string) string {
	s = strings.Trim(agencyTail.ReplaceAllString(oneLine(s), ""), " .()*")
	if name := agencyNames()[s]; name != "" {
		return name
	}
	if len(s) > 4 {
		return agencyNames()[strings.ToLower(s)]
	}
	return ""
}

var agencyTail = regexp.MustCompile(`(?i)\s+(?:staff(?:\s+writers?)?|news\s+agency|newsroom|agencies|photo|reporters?)$`)

// agencyNames maps each name of an agency to the one that we give it.
var agencyNames = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for _, line := range lines("agencies") {
		names := strings.Split(line, "|")
		for _, n := range names {
			n = strings.TrimSpace(n)
			m[n] = strings.TrimSpace(names[0])
			if len(n) > 4 {
				m[strings.ToLower(n)] = m[n]
			}
		}
	}
	return m
})

// bylineWords are the words that tell names from what else stands in bylines.
var bylineWords = sync.OnceValue(func() map[string]map[string]bool {
	m := map[string]map[string]bool{}
	for group, words := range groups("bylines") {
		m[group] = set(words)
	}
	return m
})

func appendNew(list []string, s string) []string {
	for _, e := range list {
		if strings.EqualFold(e, s) {
			return list
		}
	}
	return append(list, s)
}

// joinedParticle reports whether a word is a part of a name that begins with a
// particle, as in "al-Rashid" and "d'Arc".
func joinedParticle(w string) bool {
	i := strings.IndexAny(w, "-'’")
	if i < 1 {
		return false
	}
	_, size := utf8.DecodeRuneInString(w[i:])
	r, _ := utf8.DecodeRuneInString(w[i+size:])
	return unicode.IsUpper(r) && bylineWords()["particle"][strings.ToLower(w[:i])]
}

// isName reports whether s reads as the name of a person.
func (b *byline) isName(s string, stated bool) bool {
	words := strings.Fields(s)
	if l := letters(s); l == "" || len(words) > 6 || l == b.outlet || b.outlet != "" && strings.HasPrefix(l, b.outlet) || l == b.host {
		return false
	}
	if len(words) == 1 && (!stated || utf8.RuneCountInString(s) < 3) {
		return false
	}
	other, particle := bylineWords()["other"], bylineWords()["particle"]
	upper := 0
	for _, w := range words {
		if other[strings.ToLower(strings.Trim(w, ".,:()"))] {
			return false
		}
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case unicode.IsUpper(r) || unicode.IsLetter(r) && !unicode.IsLower(r):
			upper++
		case particle[strings.ToLower(w)], joinedParticle(w):
		default:
			return false
		}
		for _, r := range w {
			if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) && !strings.ContainsRune(".'’-‐", r) {
				return false
			}
		}
	}
	return upper > 0
}
