package annotate

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"hearsay"
)

// A checkRule is one line of checks.txt: a phrase with which reports remark on
// the truth of what others said.
type checkRule struct {
	finding hearsay.Finding
	who     string
	about   string
	phrase  []phraseWord
}

// A phraseWord is one place of the phrase of a rule.
type phraseWord struct {
	words    []string // any of them
	optional bool
	gap      bool // "...": a few words
}

// checkLexicon is what checks.txt holds.
type checkLexicon struct {
	lists   map[string]map[string]bool
	rules   []checkRule
	byFirst map[string][]int32 // rules by the words that can begin them
	parties map[string]string  // countries by other names
	answers map[string]string  // kinds of answer by the main words of cues
	replies [][]phraseWord     // words of a content that answer
}

// checkFindings and the two below are what the columns of checks.txt may hold.
var (
	checkFindings = map[hearsay.Finding]bool{
		hearsay.CouldNotVerify: true, hearsay.NotVerified: true, hearsay.Verified: true,
		hearsay.Disputed: true, hearsay.Denied: true, hearsay.NoComment: true,
	}
	checkWho   = []string{"subject", "behind", "by", "-"}
	checkAbout = []string{"any", "object", "definite", "clause", "subject", "claims", "named", "none", "text", "itself", "cue", "telling", "relative", "person", "alone", "rival", "same", "evidence", "press", "checkers", "official", "report", "shows"}
)

// neededLists are the lists that the program itself looks into.
var neededLists = []string{"claim", "text", "press", "sayers", "wrong", "proof", "question", "matter", "count", "yearly", "answered", "gossip", "crime", "tribunal", "number", "shown", "pictures", "issued", "seen", "study", "checkers", "quoting", "whole", "toll"}

// checkLine reads a line of checks.txt.
func (l *lexicon) checkLine(line string) error {
	c := &l.checks
	if c.lists == nil {
		*c = checkLexicon{lists: map[string]map[string]bool{}, byFirst: map[string][]int32{}, parties: map[string]string{}, answers: map[string]string{}}
	}
	if name, ok := strings.CutPrefix(line, "@"); ok {
		name, rest, ok := strings.Cut(name, ":")
		if !ok {
			return fmt.Errorf("a list has a colon, not %q", line)
		}
		c.lists[name] = set(strings.Fields(rest))
		return nil
	}
	for prefix, read := range map[string]func(string) error{"party:": c.partyLine, "answer ": c.answerLine, "answering:": c.answeringLine} {
		if rest, ok := strings.CutPrefix(line, prefix); ok {
			return read(rest)
		}
	}
	f := strings.Fields(line)
	if len(f) < 4 {
		return fmt.Errorf("a phrase has finding, who, about and words, not %q", line)
	}
	r := checkRule{finding: hearsay.Finding(f[0]), who: f[1], about: f[2]}
	if !checkFindings[r.finding] || !slices.Contains(checkWho, r.who) || !slices.Contains(checkAbout, r.about) {
		return fmt.Errorf("no %q with %q about %q", f[0], f[1], f[2])
	}
	for _, s := range f[3:] {
		w, err := c.phraseWord(s)
		if err != nil {
			return err
		}
		r.phrase = append(r.phrase, w)
	}
	if r.phrase[0].optional || r.phrase[0].gap {
		return fmt.Errorf("the first word of a phrase must be there: %q", line)
	}
	for _, s := range r.phrase[0].words {
		c.byFirst[s] = append(c.byFirst[s], int32(len(c.rules)))
	}
	c.rules = append(c.rules, r)
	return nil
}

// partyLine reads names of countries: "Kremlin=Russia".
func (c *checkLexicon) partyLine(line string) error {
	for _, s := range strings.Fields(line) {
		name, country, ok := strings.Cut(strings.ReplaceAll(s, "_", " "), "=")
		if !ok {
			return fmt.Errorf("a party has a name, = and a country, not %q", s)
		}
		c.parties[name] = country
	}
	return nil
}

// answerKinds are the kinds of answer that checks.txt may name.
var answerKinds = []string{"deny", "counter", "respond", "confirm", "concede", "agree"}

// answerLine reads the verbs of a kind of answer: "deny: deny reject".
func (c *checkLexicon) answerLine(line string) error {
	kind, verbs, ok := strings.Cut(line, ":")
	if !ok || !slices.Contains(answerKinds, kind) {
		return fmt.Errorf("no kind of answer %q", kind)
	}
	for _, s := range strings.Fields(verbs) {
		c.answers[strings.ReplaceAll(s, "_", " ")] = kind
	}
	return nil
}

// answeringLine reads words of a content that answer.
func (c *checkLexicon) answeringLine(line string) error {
	var phrase []phraseWord
	for _, s := range strings.Fields(line) {
		w, err := c.phraseWord(s)
		if err != nil {
			return err
		}
		phrase = append(phrase, w)
	}
	if len(phrase) == 0 || phrase[0].optional || phrase[0].gap {
		return fmt.Errorf("the first word of a phrase must be there: %q", line)
	}
	c.replies = append(c.replies, phrase)
	return nil
}

// phraseWord reads one word of a phrase.
func (c *checkLexicon) phraseWord(s string) (phraseWord, error) {
	if s == "..." {
		return phraseWord{gap: true}, nil
	}
	var w phraseWord
	s, w.optional = strings.CutSuffix(s, "?")
	for part := range strings.SplitSeq(s, "|") {
		name, isList := strings.CutPrefix(part, "@")
		switch list := c.lists[name]; {
		case !isList:
			w.words = append(w.words, part)
		case list == nil:
			return w, fmt.Errorf("no list %q above", part)
		default:
			w.words = slices.AppendSeq(w.words, maps.Keys(list)) // sorted below
		}
	}
	slices.Sort(w.words)
	w.words = slices.Compact(w.words)
	return w, nil
}

func set(words []string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, s := range words {
		m[s] = true
	}
	return m
}

// checkLists reports which list that the program needs is missing.
func (l *lexicon) checkLists() error {
	for _, name := range neededLists {
		if len(l.checks.lists[name]) == 0 {
			return fmt.Errorf("lexicon/checks.txt: no list @%s", name)
		}
	}
	return nil
}

func (w *phraseWord) has(s string) bool {
	if len(w.words) < 6 {
		return slices.Contains(w.words, s)
	}
	_, ok := slices.BinarySearch(w.words, s)
	return ok
}

// mostBetween is how many adverbs may stand between two words of a phrase, and
// mostGap how many words "..." may stand for.
const (
	mostBetween = 5
	mostGap     = 5
)

// matchCheck returns the token after the phrase of a rule that begins at token
// i and ends before token hi, or -1.
func (a *analysis) matchCheck(r *checkRule, i, hi int) int {
	return a.matchPhrase(r.phrase[1:], i+1, hi)
}

func (a *analysis) matchPhrase(phrase []phraseWord, i, hi int) int {
	if len(phrase) == 0 {
		return i
	}
	w := &phrase[0]
	if w.gap {
		for k := 0; k <= mostGap && i+k < hi; k++ {
			if end := a.matchPhrase(phrase[1:], i+k, hi); end >= 0 {
				return end
			}
			if t := &a.ts[i+k]; t.kind == punctuation && t.mark != '-' || !a.outside(i+k) {
				return -1
			}
		}
		return -1
	}
	for k := 0; k <= mostBetween && i+k < hi && a.outside(i+k); k++ {
		if a.ts[i+k].kind == wordToken && w.has(a.lex.low(&a.ts[i+k], a.text)) {
			if end := a.matchPhrase(phrase[1:], i+k+1, hi); end >= 0 {
				return end
			}
		}
		if !a.passable(i+k, hi) {
			break
		}
	}
	if w.optional {
		return a.matchPhrase(phrase[1:], i, hi)
	}
	return -1
}

// passable reports whether a token may stand between the words of a phrase: an
// adverb, a day, or the comma beside an adverb.
func (a *analysis) passable(i, hi int) bool {
	t := &a.ts[i]
	switch {
	case t.is(negation) && t.low() != "never" || t.low() == "not":
		return false
	case t.kind == punctuation && t.mark == ',':
		return i+1 < hi && a.adverb(i+1) || a.adverb(i-1)
	case t.low() == "and":
		return i+1 < hi && a.adverb(i-1) && a.adverb(i+1) // "repeatedly and firmly"
	case t.is(timeWord), a.adverb(i), t.low() == "as", t.low() == "so", t.low() == "far":
		return t.low() != "never"
	}
	return t.low() == "on" && i+1 < hi && a.ts[i+1].is(weekday)
}
