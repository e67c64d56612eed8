package compare

import (
	"embed"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
)

//go:embed words/*.txt
var wordFiles embed.FS

// class is a set of what a word does in a claim.
type class uint32

const (
	particle class = 1 << iota
	pronoun
	filler
	negation
	will
	may
	must
	condition
	hedge
	every
	many
	few
	about
	deictic
	prefix
	number  // a number, in figures or in words
	ordinal // the place in a row
	day     // a day of the week
	month
	negative    // holds a "not" beside what it says: failed, refused
	lead        // begins a phrase of the tables
	times       // twice, doubled
	vague       // dozens, hundreds
	concord     // goes with another negation and does not turn back: neither, nor
	contrarious // has contraries
	backward    // turns the word before it round, too: "accepts nothing"
	above       // a number after it is the least
	beneath     // a number after it is the most
	short       // may stand for a "not": last, only, until
	converse    // tells the same from another side: buy and sell
	listed      // is itself among the contraries, not by a word of the same sense
)

const (
	modal    = will | may | must
	strength = modal | condition | hedge | every | many | few
)

var classNames = map[string]class{
	"particle": particle, "pronoun": pronoun, "filler": filler, "negation": negation, "will": will, "may": may, "must": must,
	"condition": condition, "hedge": hedge, "every": every, "many": many, "few": few, "about": about, "deictic": deictic, "prefix": prefix,
	"above": above, "beneath": beneath, "short": short, "converse": converse,
}

// An entry is what the tables know of a word.
type entry struct {
	form   uint64  // the same for all spellings
	lemma  uint64  // the same for all inflected forms
	sense  uint64  // the same for words that stand for one another, and for opposites
	flip   bool    // of two opposites, the second
	weight float32 // how much it tells, in bits
	class  class
	value  float64 // of a number, day or month
	choice choice
}

// A unit of measure or money.
type unit struct {
	name string
	kind string
	rate float64 // how many of the first unit of its kind it is; 0 for money
}

// lexicon is all that the files in words tell.
type lexicon struct {
	words                 map[string]*entry // by folded word
	spelling              map[string]string // a folded word to the spelling that is kept
	base                  map[string]string // an irregular form to its base
	rank                  map[string]int    // by lemma; from 1, the most frequent
	senses                map[string]sense  // by stem
	classes               map[string]class  // by folded word
	stemClass             map[string]class  // of words that keep their class in all forms, by stem
	values                map[string]figure
	units                 map[string]unit   // by folded word
	contraries            [][2]string       // as the file has them
	hasContrary           map[uint64]bool   // by meaning
	contrary              map[uint64]bool   // two meanings, joined in either order, that are the contrary of one another
	phrases               map[uint64]phrase // by the lemmas of the words, joined
	leads                 map[string]bool   // the stems of the first words of phrases
	nicknames             map[string]string // a short given name to the long one
	nations               map[string]string // an adjective or seat of government to the country
	offices               map[string]string
	latin                 map[rune]rune     // what looks like a Latin letter
	unitStems             map[uint64]unit   // by lemma
	choices               map[string]choice // by stem
	sets                  uint16            // so many sets of choices
	subjects, auxiliaries map[uint64]bool   // "he" by form, "was" by lemma
	scarcely, scant       map[uint64]bool   // "hardly", "few"
	afterObject, articles map[uint64]bool   // "turned it down", by form
	rates                 map[uint64]unit   // daily and every day, by sense

	// The forms of these words.
	a, an, and, as, of, or, in, by, to, but, out, per, cent, than, both, every, without          uint64
	one, dozen, times, past, oclock, am, pm, can, could, up, down, last, end, before, from, once uint64
	// And the senses of these.
	rise, able, enough uint64
}

// A phrase is what the tables know of words that stand together.
type phrase struct {
	entry
	spelling bool // another spelling of one word: "United States"
}

type sense struct {
	id   uint64
	flip bool
}

type figure struct {
	class class
	unit  unit
	value float64
}

// tables returns the words, read once. The files are part of the program, and
// a test reads them: an error in them is a mistake of the build.
var tables = sync.OnceValue(func() *lexicon {
	t, err := readTables()
	if err != nil {
		panic(err)
	}
	return t
})

func readTables() (*lexicon, error) {
	t := &lexicon{
		words: map[string]*entry{}, spelling: map[string]string{}, base: map[string]string{}, rank: map[string]int{},
		senses: map[string]sense{}, classes: map[string]class{}, stemClass: map[string]class{}, values: map[string]figure{}, units: map[string]unit{},
		phrases: map[uint64]phrase{}, rates: map[uint64]unit{}, choices: map[string]choice{}, contrary: map[uint64]bool{}, hasContrary: map[uint64]bool{}, leads: map[string]bool{}, nicknames: map[string]string{}, nations: map[string]string{}, offices: map[string]string{}, latin: map[rune]rune{},
	}
	files := []struct {
		name string
		line func(string) error
	}{
		{"spelling", t.spellingLine}, {"irregular", t.irregularLine}, {"common", t.commonLine}, {"numbers", t.numberLine},
		{"units", t.unitLine}, {"classes", t.classLine}, {"negative", t.negativeLine}, {"exclusive", t.exclusiveLine}, {"opposite", t.oppositeLine}, {"contrary", t.contraryLine},
		{"alike", t.alikeLine}, {"lookalike", t.lookalikeLine}, {"nicknames", t.nicknameLine}, {"nations", t.nationLine}, {"offices", t.officeLine},
	}
	for _, f := range files {
		text, err := wordFiles.ReadFile("words/" + f.name + ".txt")
		if err != nil {
			return nil, err
		}
		for i, line := range strings.Split(string(text), "\n") {
			if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
				continue
			}
			if err := f.line(line); err != nil {
				return nil, fmt.Errorf("words/%s.txt:%d: %w", f.name, i+1, err)
			}
		}
	}
	if err := t.finish(); err != nil {
		return nil, err
	}
	return t, nil
}

func (t *lexicon) spellingLine(line string) error {
	words := strings.Fields(line)
	for _, w := range words[1:] {
		t.spelling[w] = words[0]
	}
	return nil
}

func (t *lexicon) irregularLine(line string) error {
	base, forms, ok := strings.Cut(line, ":")
	if !ok {
		return fmt.Errorf("no colon in %q", line)
	}
	for _, w := range strings.Fields(forms) {
		if t.base[w] == "" {
			t.base[w] = base
		}
	}
	return nil
}

func (t *lexicon) commonLine(line string) error {
	for _, w := range strings.Fields(line) {
		if stem := t.stem(w); t.rank[stem] == 0 {
			t.rank[stem] = len(t.rank) + 1
		}
	}
	return nil
}

func (t *lexicon) numberLine(line string) error {
	words, f := strings.Fields(line), figure{class: number}
	switch words[0] {
	case "ordinal":
		f.class, words = ordinal, words[1:]
	case "day":
		f.class, words = day, words[1:]
	case "month":
		f.class, words = month, words[1:]
	case "times":
		f.class, words = times, words[1:]
	case "vague":
		f.class, words = number|vague, words[1:]
	case "decade":
		f.unit, words = unit{name: "s", kind: "tail"}, words[1:]
	}
	v, err := strconv.ParseFloat(words[0], 64)
	if err != nil {
		return err
	}
	f.value = v
	for _, w := range words[1:] {
		t.values[w] = f
		if f.class == ordinal && f.value > 2 || f.value == 0.25 {
			t.values[w+"s"] = f // two thirds
		}
	}
	return nil
}

func (t *lexicon) unitLine(line string) error {
	kind, rest, _ := strings.Cut(line, " ")
	for _, part := range strings.Split(rest, ",") {
		words := strings.Fields(part)
		if len(words) < 2 {
			return fmt.Errorf("no rate in %q", part)
		}
		rate, err := strconv.ParseFloat(words[1], 64)
		if err != nil {
			return err
		}
		u := unit{name: words[0], kind: kind, rate: rate}
		for i, w := range words {
			if i != 1 {
				t.units[w] = u
			}
		}
	}
	return nil
}

func (t *lexicon) classLine(line string) error {
	name, words, _ := strings.Cut(line, ":")
	c := classNames[name]
	if c == 0 {
		return fmt.Errorf("no class %q", name)
	}
	for _, w := range strings.Fields(words) {
		t.classes[w] |= c
		if c&(hedge|short|converse|above|beneath) != 0 && !strings.Contains(w, "_") {
			t.stemClass[t.stem(w)] |= c
		}
	}
	return nil
}

func (t *lexicon) negativeLine(line string) error {
	for _, w := range strings.Fields(line) {
		t.classes[w] |= negative
		t.stemClass[t.stem(w)] |= negative
	}
	return nil
}

func (t *lexicon) oppositeLine(line string) error {
	one, other, ok := strings.Cut(line, " / ")
	if !ok {
		return fmt.Errorf("no stroke in %q", line)
	}
	s := sense{id: hashOf(line)}
	for _, w := range strings.Fields(one) {
		t.setSense(w, s)
	}
	s.flip = true
	for _, w := range strings.Fields(other) {
		t.setSense(w, s)
	}
	return nil
}

func (t *lexicon) contraryLine(line string) error {
	one, other, ok := strings.Cut(line, " / ")
	if !ok {
		return fmt.Errorf("no stroke in %q", line)
	}
	for _, v := range strings.Fields(one) {
		for _, w := range strings.Fields(other) {
			t.contraries = append(t.contraries, [2]string{v, w})
			t.stemClass[t.stem(t.spelled(v))] |= listed
			t.stemClass[t.stem(t.spelled(w))] |= listed
		}
	}
	return nil
}

// meant returns a hash of what a word means, opposites told apart.
func (e *entry) meant() uint64 {
	if e.flip {
		return ^e.sense
	}
	return e.sense
}

// lemma returns the hash that all forms of a word have.
func (t *lexicon) lemma(w string) uint64 { return hashOf("lemma", t.stem(t.spelled(w))) }

// alikeLine gives the words of a line the sense that the first known one of
// them has.
func (t *lexicon) alikeLine(line string) error {
	words, s := strings.Fields(line), sense{}
	for _, w := range words {
		if s.id == 0 {
			s = t.senses[senseStem(t.stem(w))]
		}
	}
	if s.id == 0 {
		s.id = hashOf("alike", line)
	}
	for _, w := range words {
		t.setSense(w, s)
	}
	return nil
}

func (t *lexicon) setSense(word string, s sense) {
	key := senseStem(t.stem(word))
	if strings.Contains(word, "_") {
		key = word
	}
	if _, ok := t.senses[key]; !ok {
		t.senses[key] = s
	}
}

func (t *lexicon) lookalikeLine(line string) error {
	runes := []rune(strings.ReplaceAll(line, " ", ""))
	for _, r := range runes[1:] {
		t.latin[r] = runes[0]
	}
	return nil
}

func (t *lexicon) nicknameLine(line string) error {
	long, short, _ := strings.Cut(line, ":")
	for _, w := range strings.Fields(short) {
		t.nicknames[fold(w)] = fold(long)
	}
	return nil
}

func (t *lexicon) nationLine(line string) error {
	name, others, _ := strings.Cut(line, ":")
	name = fold(name)
	t.nations[name] = name
	for _, w := range strings.Fields(strings.ReplaceAll(others, ";", " ")) {
		t.nations[fold(w)] = name
	}
	return nil
}

func (t *lexicon) officeLine(line string) error {
	name, others, ok := strings.Cut(line, ":")
	if !ok {
		return fmt.Errorf("no colon in %q", line)
	}
	t.offices[name] = name
	for _, w := range strings.Split(others, ";") {
		t.offices[strings.TrimSpace(w)] = name
	}
	return nil
}

func (t *lexicon) phrase(w string) {
	key := uint64(0)
	for _, part := range strings.Split(w, "_") {
		key = mix(key, t.make(part).lemma)
	}
	t.phrases[key] = phrase{*t.make(w), t.spelling[w] != ""}
}

// make returns what the tables know of a folded word.
func (t *lexicon) make(w string) *entry {
	kept := t.spelled(w)
	stem := t.stem(kept)
	e := &entry{form: hashOf(kept), lemma: t.lemma(w), choice: t.choices[stem]}
	s, ok := t.senses[senseStem(stem)]
	if strings.Contains(w, "_") {
		s, ok = t.senses[w]
	}
	if !ok {
		s.id = hashOf("sense", senseStem(stem))
	}
	e.sense, e.flip = s.id, s.flip
	e.class = t.classes[w] | t.classes[kept]
	if base := t.base[w]; base != "" {
		e.class |= t.classes[base] &^ (negation | filler)
	}
	e.class |= t.stemClass[stem]
	if t.leads[stem] {
		e.class |= lead
	}
	if s := t.unmade(w); !ok && s != "" {
		if s, ok := t.senses[senseStem(t.stem(s))]; ok {
			e.sense, e.flip = s.id, !s.flip
		} else {
			e.sense, e.flip = hashOf("sense", senseStem(t.stem(t.unmade(w)))), true
		}
	}
	if f, ok := t.values[w]; ok {
		e.class |= f.class
		e.value = f.value
		e.lemma = hashOf("figure", strconv.Itoa(int(f.class)), strconv.FormatFloat(f.value, 'g', -1, 64))
		e.sense = e.lemma
	}
	if e.class&negation != 0 && w != "not" && w != "never" && w != "without" && w != "but_for" && w != "hardly" {
		e.class |= backward
	}
	if w == "neither" || w == "nor" {
		e.class |= concord
	}
	if e.class&pronoun != 0 {
		e.sense = hashOf("pronoun")
	}
	if m := e.class & modal; m != 0 {
		e.sense = hashOf("modal", strconv.Itoa(int(m)))
	}
	if t.hasContrary[e.meant()] {
		e.class |= contrarious
	}
	e.weight = t.weigh(stem, e.class)
	return e
}

// manyTimes returns the hash of so many times.
func (t *lexicon) manyTimes(n float64) uint64 {
	return hashOf("figure", strconv.Itoa(int(times)), strconv.FormatFloat(n, 'g', -1, 64))
}

// known reports whether a word, or what it is a regular form of, is among the
// vectors.
func (t *lexicon) known(w string) bool {
	v := allVectors()
	return v.exact(w) != 0 || v.regular(w) != 0 || t.base[w] != "" && v.exact(t.base[w]) != 0
}

// unmade returns "related" for "unrelated" and "complete" for "incomplete"; ""
// for a word that is not made so.
func (t *lexicon) unmade(w string) string {
	if rest, ok := strings.CutPrefix(w, "un"); ok && (len(rest) >= 5 && t.rank[t.stem(rest)] > 0 || len(rest) >= 3 && t.classes[w] == 0 && t.known(rest)) {
		return rest
	}
	if rest := strings.TrimLeft(w, "iunmrl"); len(rest) > 4 && (strings.HasSuffix(w, "able") || strings.HasSuffix(w, "ible")) {
		for _, prefix := range [...]string{"un", "in", "im", "ir", "il"} {
			if rest, ok := strings.CutPrefix(w, prefix); ok {
				return rest
			}
		}
	}
	for _, prefix := range [...]string{"in", "im", "il", "ir", "dis", "non"} {
		rest, ok := strings.CutPrefix(w, prefix)
		if !ok || len(rest) < 6 || t.rank[t.stem(rest)] == 0 {
			continue
		}
		for _, ending := range [...]string{"able", "ible", "ent", "ant", "ate", "ite", "ive", "al", "ar", "ect", "ete", "ful"} {
			if strings.HasSuffix(rest, ending) {
				return rest
			}
		}
	}
	return ""
}

// weigh says how much a word tells: by Zipf's law a word of rank r stands for
// about one in 10r words.
func (t *lexicon) weigh(stem string, c class) float32 {
	switch {
	case c&(pronoun|filler) != 0:
		return 0.3
	case c&particle != 0:
		return 0.5
	case c&(modal|negation) != 0:
		return 1.5
	case c&(condition|hedge|every|many|few|deictic|about) != 0:
		return 2
	case c&(day|month|times) != 0:
		return 3
	case c&(number|ordinal) != 0:
		return 6
	}
	rank := t.rank[stem]
	if rank == 0 {
		rank = 8000
	}
	return max(1, float32(math.Log2(10*float64(rank)))-6)
}

// hashOf returns a hash of words that stays the same for ever (FNV-1a).
func hashOf(parts ...string) uint64 {
	h := uint64(14695981039346656037)
	for _, p := range parts {
		for i := range len(p) {
			h = (h ^ uint64(p[i])) * 1099511628211
		}
		h = (h ^ 0xff) * 1099511628211
	}
	return h
}

// mix joins two hashes; the order matters.
func mix(a, b uint64) uint64 {
	h := a*0x9e3779b97f4a7c15 ^ b
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	return h ^ h>>32
}
