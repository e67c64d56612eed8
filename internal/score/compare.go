package score

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"hearsay"
)

// The figures, by the names that a report gives them.
const (
	speakerExact         = iota // spans of a speaker: all pieces equal
	cueExact                    // spans of a cue
	contentExact                // spans of a content
	contentExactDirect          // of these, the contents that are all in quotation marks
	contentExactMixed           // partly
	contentExactIndirect        // not
	speakerPiece                // pieces of speakers, each span once whatever it belongs to
	cuePiece                    // of cues
	contentPiece                // of contents
	attributionExact            // speaker, cue and content equal
	contentHalf                 // contents that share half of their union, with overlapping speakers
	attribution                 // cue, content and speaker all overlap
	attributionDirect           // of these, by class
	attributionMixed
	attributionSpeech
	attributionOther
	contentCharacters // characters of all contents
	figures
)

// A count is what a figure is computed from. Right and RightFound differ where
// gold and found ones are sorted into classes on their own.
type count struct{ gold, found, right, rightFound int }

// A tally counts one article.
type tally struct {
	counts [figures]count
	tokens table
}

func (t *tally) add(o *tally) {
	for i, c := range o.counts {
		t.counts[i].gold += c.gold
		t.counts[i].found += c.found
		t.counts[i].right += c.right
		t.counts[i].rightFound += c.rightFound
	}
	t.tokens.add(o.tokens)
}

// Compare counts how far what was found in each article is what people marked
// there: found[i] belongs to articles[i].
func Compare(articles []Article, found [][]Attribution) Report {
	v := loadVerbs()
	tallies := make([]tally, len(articles))
	for i, a := range articles {
		tallies[i] = v.tally(a.Text, a.Gold, found[i])
	}
	return report(tallies)
}

// tally compares two sets of attributions of one text.
func (v verbs) tally(text string, gold, found []Attribution) tally {
	gold, found = tidyAll(text, gold), tidyAll(text, found)
	var t tally
	t.tokens = agreement(text, gold, found)
	t.exact(text, gold, found)
	t.counts[speakerPiece] = pieces(gold, found, func(a Attribution) []hearsay.Span { return a.Speaker })
	t.counts[cuePiece] = pieces(gold, found, func(a Attribution) []hearsay.Span { return a.Cue })
	t.counts[contentPiece] = pieces(gold, found, func(a Attribution) []hearsay.Span { return a.Content })
	t.counts[contentHalf] = matched(gold, found, sameContent)
	t.counts[contentCharacters] = characters(text, gold, found)
	v.byClass(&t, text, gold, found)
	return t
}

// exact counts the spans and attributions that are equal in every piece.
func (t *tally) exact(text string, gold, found []Attribution) {
	t.counts[speakerExact] = equal(gold, found, func(a Attribution) string { return key(a.Speaker) })
	t.counts[cueExact] = equal(gold, found, func(a Attribution) string { return key(a.Cue) })
	t.counts[contentExact] = equal(gold, found, func(a Attribution) string { return key(a.Content) })
	for i, f := range []int{contentExactDirect, contentExactMixed, contentExactIndirect} {
		t.counts[f] = equal(gold, found, func(a Attribution) string {
			if min(quoting(text, a.Content), speech) != class(i) { // the rest is not quoted
				return ""
			}
			return key(a.Content)
		})
	}
	t.counts[attributionExact] = equal(gold, found, func(a Attribution) string {
		return key(a.Speaker) + "|" + key(a.Cue) + "|" + key(a.Content)
	})
}

// pieces counts the spans that both have, apart from the attributions that they
// belong to: what a tagger can be right in before anything is tied together.
func pieces(gold, found []Attribution, spans func(Attribution) []hearsay.Span) count {
	g, f := map[hearsay.Span]bool{}, map[hearsay.Span]bool{}
	for _, a := range gold {
		for _, s := range spans(a) {
			g[s] = true
		}
	}
	c := count{gold: len(g)}
	for _, a := range found {
		for _, s := range spans(a) {
			if !f[s] && g[s] {
				c.right++
			}
			f[s] = true
		}
	}
	c.found, c.rightFound = len(f), c.right
	return c
}

// key names a list of tidy spans; "" names the empty one.
func key(spans []hearsay.Span) string {
	var b strings.Builder
	for _, s := range spans {
		fmt.Fprintf(&b, "%d-%d,", s.Start, s.End)
	}
	return b.String()
}

// equal counts the keys that both have, each as often as both have it. The
// empty key does not count.
func equal(gold, found []Attribution, keyOf func(Attribution) string) count {
	left := map[string]int{}
	c := count{}
	for _, a := range gold {
		if k := keyOf(a); k != "" {
			left[k]++
			c.gold++
		}
	}
	for _, a := range found {
		k := keyOf(a)
		if k == "" {
			continue
		}
		c.found++
		if left[k] > 0 {
			left[k]--
			c.right++
		}
	}
	c.rightFound = c.right
	return c
}

// matched counts the attributions that can be paired one to one.
func matched(gold, found []Attribution, same func(g, f Attribution) int) count {
	n := len(match(gold, found, same))
	return count{len(gold), len(found), n, n}
}

// byClass counts the statements found, all together and by class.
func (v verbs) byClass(t *tally, text string, gold, found []Attribution) {
	g, f := v.classesOf(text, gold), v.classesOf(text, found)
	for _, c := range g {
		t.counts[attribution].gold++
		t.counts[attributionDirect+int(c)].gold++
	}
	for _, c := range f {
		t.counts[attribution].found++
		t.counts[attributionDirect+int(c)].found++
	}
	for _, p := range match(gold, found, sameStatement) {
		t.counts[attribution].right++
		t.counts[attribution].rightFound++
		t.counts[attributionDirect+int(g[p.gold])].right++
		t.counts[attributionDirect+int(f[p.found])].rightFound++
	}
}

func (v verbs) classesOf(text string, all []Attribution) []class {
	c := make([]class, len(all))
	for i, a := range all {
		c[i] = v.classOf(text, a)
	}
	return c
}

// characters counts the code points within contents.
func characters(text string, gold, found []Attribution) count {
	g, f := contents(text, gold), contents(text, found)
	right := runes(text, common(g, f))
	return count{runes(text, g), runes(text, f), right, right}
}

func contents(text string, all []Attribution) []hearsay.Span {
	var spans []hearsay.Span
	for _, a := range all {
		spans = append(spans, a.Content...)
	}
	return tidy(text, spans)
}

func runes(text string, spans []hearsay.Span) int {
	n := 0
	for _, s := range spans {
		n += utf8.RuneCountInString(s.In(text))
	}
	return n
}
