package annotate

import (
	"fmt"
	"strconv"
	"strings"

	"hearsay"
)

// numberKind tells what part a word has in a number.
type numberKind uint8

const (
	noNumber numberKind = iota
	zeroWord
	basicWord // one to nineteen
	tenWord
	scaleWord    // hundred, million, dozen
	vagueWord    // dozens, hundreds
	fewWord      // few, several, couple
	fractionWord // half, quarter, thirds
)

// lists is a set of the word lists of numbers.txt.
type lists uint32

const (
	metresList lists = 1 << iota
	withinList
	notOneList
	namedList
	streetList
	clockList
	matchList
	agoList
	periodList
	ageList
	youngList
	changeList
	rangingList
	passingList
	betweenList
	particleList
	reachList
	notPluralList
	notSingleList
	familyList
	nothingList
	attributeList
	favourList
	personList
	thingList
	agedList
	pastList
	aloneList
	linkList
	phraseList
)

var (
	numberKinds = map[string]numberKind{"zero": zeroWord, "small": basicWord, "ten": tenWord, "scale": scaleWord, "vague": vagueWord, "few": fewWord, "part": fractionWord}
	listNames   = map[string]lists{
		"metres": metresList, "within": withinList, "notone": notOneList, "named": namedList, "street": streetList, "clock": clockList,
		"match": matchList, "ago": agoList, "period": periodList, "age": ageList, "young": youngList, "change": changeList,
		"ranging": rangingList, "passing": passingList, "between": betweenList, "particle": particleList, "reach": reachList, "notplural": notPluralList,
		"notsingle": notSingleList, "family": familyList, "nothing": nothingList, "attribute": attributeList, "favour": favourList, "person": personList, "thing": thingList, "aged": agedList, "hour": pastList, "alone": aloneList, "link": linkList, "phrase": phraseList,
	}
)

// A countWord is what numbers.txt says of a word.
type countWord struct {
	kind   numberKind
	value  float64
	suffix float64 // what it multiplies as a suffix; 0 for none
	in     lists
	single string // its singular, where that is not regular
}

// unitKind tells what sort of unit a word is.
type unitKind uint8

const (
	noUnit unitKind = iota
	shareUnit
	measureUnit
	timeUnit
	moneyUnit
	signUnit // stands before the figures
	countUnit
)

var unitKinds = map[string]unitKind{"share": shareUnit, "measure": measureUnit, "time": timeUnit, "money": moneyUnit, "sign": signUnit, "count": countUnit}

// A unit is one line of units.txt.
type unit struct {
	name string
	kind unitKind
}

// A deedVerb is a form of a line of verbs.txt.
type deedVerb struct {
	lemma  string
	form   form
	others bool // it befalls those who are counted
	two    bool // it has two objects
	noun   bool // its plain form and that in -s are more often nouns
}

// numberWords is what the lexicon knows of numbers, units, bounds and what
// happens to things that are counted.
type numberWords struct {
	words  map[string]countWord
	units  map[string]unit // the words of a form parted by blanks
	signs  map[string]unit
	before map[string]hearsay.Bound
	last   map[string]bool // the last words of the bounds before a number
	after  map[string]hearsay.Bound
	verbs  map[string]deedVerb
	deeds  map[string]string // verbs by their nouns
}

func newNumberWords() numberWords {
	return numberWords{
		words: make(map[string]countWord, 1024), units: make(map[string]unit, 512), signs: make(map[string]unit, 128),
		before: map[string]hearsay.Bound{}, last: map[string]bool{}, after: map[string]hearsay.Bound{},
		verbs: make(map[string]deedVerb, 2048), deeds: map[string]string{},
	}
}

// numberLine reads a line of numbers.txt.
func (n *numberWords) numberLine(line string) error {
	name, rest, ok := strings.Cut(line, ":")
	if !ok {
		return fmt.Errorf("no colon in %q", line)
	}
	for s := range strings.FieldsSeq(rest) {
		s, given, valued := strings.Cut(s, "=")
		w := n.words[s]
		value, err := 0.0, error(nil)
		switch {
		case numberKinds[name] != noNumber:
			w.kind = numberKinds[name]
			value, err = strconv.ParseFloat(given, 64)
			w.value = value
		case name == "suffix":
			w.suffix, err = strconv.ParseFloat(given, 64)
		case name == "plural" && valued:
			w.single = given
		case name == "same":
			w.single = s
		case listNames[name] != 0 && !valued:
			w.in |= listNames[name]
		default:
			return fmt.Errorf("no class %q with %q", name, s)
		}
		if err != nil {
			return fmt.Errorf("no value of %q: %w", s, err)
		}
		n.words[s] = w
	}
	return nil
}

// unitLine reads a line of units.txt.
func (n *numberWords) unitLine(line string) error {
	f := strings.Fields(line)
	if len(f) < 2 || unitKinds[f[0]] == noUnit {
		return fmt.Errorf("a unit has a kind and a name, not %q", line)
	}
	u := unit{strings.ReplaceAll(f[1], "_", " "), unitKinds[f[0]]}
	if u.kind == signUnit {
		for _, s := range f[2:] {
			n.signs[strings.ReplaceAll(s, "_", " ")] = u
		}
		return nil
	}
	for _, s := range append([]string{u.name, u.name + "s"}, f[2:]...) {
		n.units[strings.ReplaceAll(s, "_", " ")] = u
	}
	return nil
}

var numberBounds = map[hearsay.Bound]bool{
	hearsay.Exactly: true, hearsay.MoreThan: true, hearsay.AtLeast: true, hearsay.LessThan: true,
	hearsay.AtMost: true, hearsay.About: true, hearsay.Almost: true,
}

// boundLine reads a line of bounds.txt.
func (n *numberWords) boundLine(line string) error {
	name, rest, ok := strings.Cut(line, ":")
	name, isAfter := strings.CutSuffix(name, " after")
	b := hearsay.Bound(name)
	if !ok || !numberBounds[b] {
		return fmt.Errorf("no bound %q", name)
	}
	for s := range strings.SplitSeq(rest, "|") {
		s = strings.Join(strings.Fields(s), " ")
		switch {
		case s == "":
			return fmt.Errorf("an empty phrase in %q", line)
		case isAfter:
			n.after[s] = b
		default:
			n.before[s] = b
			n.last[s[strings.LastIndexByte(s, ' ')+1:]] = true
		}
	}
	return nil
}

// verbLine reads a line of verbs.txt.
func (n *numberWords) verbLine(line string) error {
	if noun, lemma, ok := strings.Cut(line, "="); ok {
		n.deeds[strings.TrimSpace(noun)] = strings.TrimSpace(lemma)
		return nil
	}
	f := strings.Fields(line)
	lemma, noun := strings.CutPrefix(f[0], "~")
	lemma, others := strings.CutPrefix(lemma, "!")
	lemma, two := strings.CutPrefix(lemma, "+")
	if lemma == "" {
		return fmt.Errorf("no verb in %q", line)
	}
	for _, x := range inflect(lemma, f[1:]) {
		if v, taken := n.verbs[x.low]; !taken || v.lemma == lemma {
			n.verbs[x.low] = deedVerb{lemma, x.form | v.form, others, two, noun}
		}
	}
	return nil
}

// singular returns the singular of a plural noun in small letters.
func (n *numberWords) singular(s string) string {
	if w := n.words[s]; w.single != "" {
		return w.single
	}
	if stem, last, ok := cutLast(s, '-'); ok {
		return stem + n.singular(last)
	}
	end := func(tail string) bool { return strings.HasSuffix(s, tail) && len(s) > len(tail)+1 }
	switch {
	case !n.plural(s):
		return s
	case end("men"):
		return s[:len(s)-3] + "man"
	case end("ies"):
		return s[:len(s)-3] + "y"
	case end("uses") && !end("ouses") && !end("auses") && len(s) > 7:
		return s[:len(s)-2] // "apparatuses"
	case end("sses"), end("shes"), end("ches"), end("xes"), end("zzes"):
		return s[:len(s)-2]
	}
	return s[:len(s)-1]
}

// cutLast cuts s behind the last of a byte.
func cutLast(s string, c byte) (head, tail string, ok bool) {
	i := strings.LastIndexByte(s, c)
	if i < 0 || i+1 == len(s) {
		return "", s, false
	}
	return s[:i+1], s[i+1:], true
}

// plural reports whether a word in small letters is likely to be a plural.
func (n *numberWords) plural(s string) bool {
	w := n.words[s]
	switch {
	case w.in&notPluralList != 0:
		return false
	case w.single != "":
		return true
	case strings.HasSuffix(s, "men") && len(s) > 4 && !strings.HasSuffix(s, "imen"):
		return true
	}
	k := len(s)
	return k > 3 && s[k-1] == 's' && s[k-2] != 's' && s[k-2] != 'u' && s[k-2] != '\'' && !strings.HasSuffix(s, "sis")
}
