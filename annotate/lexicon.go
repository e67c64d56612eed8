package annotate

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
)

//go:embed lexicon/*.txt
var lexiconFiles embed.FS

// class is a set of word classes; a word may be in several.
type class uint64

const (
	determiner class = 1 << iota
	possessive
	personal
	third
	reflexive
	indefinite
	preposition
	postmodifier
	conjunction
	subordinator
	relative
	whWord
	copula
	auxiliary
	modal
	negation
	adverb
	timeWord
	weekday
	month
	clausal
	saidOf
	plainVerb
	role
	group
	organisation
	document
	unnamed
	plainWord
	anyOffice
	lead
	nobiliary
	elision
	withheld
	hearing
	demonym
	title
	masculine
	feminine
)

// classNames gives the names that the files of the lexicon use.
var classNames = map[string]class{
	"determiner": determiner, "possessive": possessive, "personal": personal, "third": third,
	"reflexive": reflexive, "indefinite": indefinite, "preposition": preposition,
	"postmodifier": postmodifier, "conjunction": conjunction, "subordinator": subordinator,
	"relative": relative, "whword": whWord, "copula": copula, "auxiliary": auxiliary,
	"modal": modal, "negation": negation, "adverb": adverb, "time": timeWord,
	"weekday": weekday, "month": month, "clausal": clausal, "saidof": saidOf, "verb": plainVerb,
	"role": role, "group": group, "organisation": organisation, "document": document,
	"unnamed": unnamed, "plain": plainWord, "anyoffice": anyOffice, "lead": lead,
	"nobiliary": nobiliary, "elision": elision, "withheld": withheld, "hearing": hearing, "demonym": demonym, "m": masculine, "f": feminine,
}

// form is a set of the forms that a verb can have.
type form uint8

const (
	baseForm   form = 1 << iota
	thirdForm       // says
	pastForm        // said, wrote
	participle      // said, written
	ingForm         // saying
)

// frame is a set of what may follow a cue verb as its content.
type frame uint16

const (
	quotationFrame  frame = 1 << iota // q
	clauseFrame                       // s
	whFrame                           // w
	infinitiveFrame                   // t
	nounFrame                         // n
	ingFrame                          // g
	addresseeFrame                    // a
	invertedFrame                     // v
	thatFrame                         // h
)

var frameNames = map[string]frame{
	"q": quotationFrame, "s": clauseFrame, "w": whFrame, "t": infinitiveFrame,
	"n": nounFrame, "g": ingFrame, "a": addresseeFrame, "v": invertedFrame, "h": thatFrame,
}

// modes and forces are those that a line of the lexicon may name.
var (
	modes = map[hearsay.Mode]bool{
		hearsay.Speech: true, hearsay.Writing: true, hearsay.Thought: true,
		hearsay.Attitude: true, hearsay.Evidence: true, hearsay.Act: true,
	}
	forces = map[hearsay.Force]bool{
		hearsay.Say: true, hearsay.Claim: true, hearsay.Deny: true, hearsay.Confirm: true, hearsay.Concede: true,
		hearsay.Ask: true, hearsay.Order: true, hearsay.Promise: true, hearsay.Thank: true, hearsay.Praise: true,
		hearsay.Accuse: true, hearsay.Warn: true, hearsay.Suggest: true, hearsay.Decline: true,
		hearsay.Announce: true, hearsay.Agree: true, hearsay.Predict: true,
	}
)

// A cueVerb is one line of cues.txt.
type cueVerb struct {
	lemma        string
	particle     []string
	mode         hearsay.Mode
	force        hearsay.Force
	frames       frame
	prepositions []string
}

func (v *cueVerb) takes(f frame) bool { return v.frames&f != 0 }

func (v *cueVerb) opensWith(prep string) bool {
	for _, p := range v.prepositions {
		if p == prep {
			return true
		}
	}
	return false
}

// A word is what the lexicon knows of a word form.
type word struct {
	low   string // in small letters
	class class
	form  form
	cues  []*cueVerb // those with the most particles first
	noun  *cueVerb   // the noun that reports, in singular or plural
	time  timeSense  // what it tells of times
}

// abbreviation tells what a full stop after a word means.
type abbreviation uint8

const (
	plainAbbreviation    abbreviation = iota + 1
	openAbbreviation                  // never ends a sentence
	doubtfulAbbreviation              // a word, too
)

// A lexicon holds the word forms that the annotator knows, in small letters,
// and the abbreviations as they are written, without their last full stop.
type lexicon struct {
	words         map[string]*word
	abbreviations map[string]abbreviation
	labels        map[string]bool   // words before a colon that speak for nobody
	countries     map[string]string // by name and seat of government, as they are written
	adjectives    map[string]string // countries by their adjectives
	senses        map[string]bool   // lemma and last word of an object with which it reports nothing
	acts          []actWord         // the rows of acts.txt
	actsBy        map[string]int32  // 1 + index of one that begins with the word
	actForms      map[string]string // first words by their irregular forms
	hints         map[string]hint
	times         map[string]timeSense    // words of times.txt that words does not have
	timePhrases   map[string][]timePhrase // by their first words
	scenes        map[string]scene        // words of media.txt, places.txt and events.txt
	given         map[string]class        // given names with the sex that they tell, 0 for both
	sexes         map[string]class        // nouns with the sex that they tell
	many          map[string]bool         // nouns that stand for several persons
	places        map[string]bool         // nouns in which the names of places and houses end
	firms, clubs  map[string]bool         // words in which the names of firms and of clubs end
	companies     map[string]bool         // nouns that stand for any firm
	sides         map[string]bool         // nouns that stand for any club
	clubsToo      map[string]bool         // words in which the names of clubs end, and those of places
	trades        map[string]bool         // verbs of what a firm does
	firmOffices   map[string]string       // companyKey or sideKey by two words of what only such have, "_" between
	crimes        map[string]bool         // what somebody on trial denies or admits
	tried         map[string]bool         // what is done to somebody on trial
	accuses       map[string]bool         // verbs of the prosecution
	folk          map[string]bool         // those of a nation, a faith or a party
	apart         map[string]bool         // those who are not the one told of
	corps         map[string]bool         // bodies that reports call by one word
	duties        map[string]bool         // nouns of bodies that tell their duties behind "of"
	bodyNouns     map[string]bool         // nouns that name a body, beside those of the class
	blanks        map[string]bool         // adjectives that say nothing of which office is meant
	persons       map[string]bool         // nouns for persons that no class has
	honorifics    map[string]bool         // what stands before a name as an address in other languages
	compass       map[string]bool         // first words of names of places
	same          map[string]string       // one key for nouns that can stand for the same person
	kinds         map[string][]string     // by a noun, those that take up what it names: "officer" for "colonel"
	letters       map[string]bool         // what stands behind a name as a rank or an honour, in capitals: "KC"
	does          map[string][]string     // offices by the verb of what their holders do
	nicknames     map[string]string       // long forms of given names by short ones, "|" between
	checks        checkLexicon            // what checks.txt holds
	numbers       numberWords             // of numbers.txt, units.txt, bounds.txt and verbs.txt
	spare         []word                  // entries made ahead
	register      *register               // who holds which office
}

// look returns the entry of a word form as it stands in a text, nil when the
// lexicon does not have it.
func (l *lexicon) look(s string) *word {
	var buf [48]byte
	if len(s) > len(buf) {
		return nil
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= utf8.RuneSelf:
			return l.words[strings.ToLower(straight(s))]
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		}
		buf[i] = c
	}
	return l.words[string(buf[:len(s)])]
}

// leads reports whether a word is an office that "chief" or "leader" can mean.
func (l *lexicon) leads(s string) bool {
	w := l.words[s]
	return w != nil && w.class&lead != 0
}

// straight turns the curly apostrophe into the straight one.
func straight(s string) string { return strings.ReplaceAll(s, "’", "'") }

func (l *lexicon) entry(s string) *word {
	s = strings.ToLower(s)
	w := l.words[s]
	if w == nil {
		if len(l.spare) == 0 {
			l.spare = make([]word, 512)
		}
		w, l.spare = &l.spare[0], l.spare[1:]
		w.low, l.words[s] = s, w
	}
	return w
}

// loadLexicon reads the embedded files. An error names the file and line.
func loadLexicon() (*lexicon, error) {
	l := &lexicon{
		words:         make(map[string]*word, 8192),
		abbreviations: map[string]abbreviation{},
		labels:        map[string]bool{},
		countries:     map[string]string{},
		adjectives:    map[string]string{},
		senses:        map[string]bool{},
		acts:          make([]actWord, 0, 2500),
		actsBy:        make(map[string]int32, 2500),
		actForms:      make(map[string]string, 200),
		hints:         make(map[string]hint, 200),
		times:         make(map[string]timeSense, 200),
		timePhrases:   make(map[string][]timePhrase, 50),
		scenes:        make(map[string]scene, 800),
		places:        map[string]bool{},
		firms:         make(map[string]bool, 100),
		clubs:         map[string]bool{},
		companies:     make(map[string]bool, 50),
		sides:         map[string]bool{},
		clubsToo:      map[string]bool{},
		trades:        map[string]bool{},
		firmOffices:   map[string]string{},
		duties:        map[string]bool{},
		crimes:        make(map[string]bool, 80),
		tried:         map[string]bool{},
		accuses:       map[string]bool{},
		folk:          map[string]bool{},
		apart:         map[string]bool{},
		corps:         map[string]bool{},
		bodyNouns:     map[string]bool{},
		blanks:        map[string]bool{},
		persons:       make(map[string]bool, 80),
		honorifics:    make(map[string]bool, 40),
		compass:       map[string]bool{},
		same:          make(map[string]string, 60),
		kinds:         make(map[string][]string, 400),
		letters:       make(map[string]bool, 80),
		does:          map[string][]string{},
		many:          map[string]bool{},
		given:         make(map[string]class, 4096),
		sexes:         make(map[string]class, 200),
		nicknames:     make(map[string]string, 200),
		numbers:       newNumberWords(),
	}
	for _, f := range []struct {
		name string
		line func(string) error
	}{
		{"words.txt", l.classLine},
		{"people.txt", l.classLine},
		{"given_names.txt", l.givenLine},
		{"names.txt", l.nameLine},
		{"nicknames.txt", l.nicknameLine},
		{"titles.txt", l.titleLine},
		{"abbreviations.txt", l.abbreviationLine},
		{"cues.txt", l.cueLine},
		{"nouns.txt", l.nounLine},
		{"labels.txt", l.labelLine},
		{"countries.txt", l.countryLine},
		{"senses.txt", l.senseLine},
		{"acts.txt", l.actLine},
		{"times.txt", l.timeLine},
		{"media.txt", l.sceneLine},
		{"places.txt", l.sceneLine},
		{"events.txt", l.sceneLine},
		{"checks.txt", l.checkLine},
		{"numbers.txt", l.numbers.numberLine},
		{"units.txt", l.numbers.unitLine},
		{"bounds.txt", l.numbers.boundLine},
		{"verbs.txt", l.numbers.verbLine},
	} {
		b, err := lexiconFiles.ReadFile("lexicon/" + f.name)
		if err != nil {
			return nil, err
		}
		n := 0
		for line := range strings.SplitSeq(string(b), "\n") {
			n++
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' {
				continue
			}
			if err := f.line(line); err != nil {
				return nil, fmt.Errorf("lexicon/%s:%d: %w", f.name, n, err)
			}
		}
	}
	if err := l.checkLists(); err != nil {
		return nil, err
	}
	return l, l.loadRegister()
}

func (l *lexicon) classLine(line string) error {
	name, words, ok := strings.Cut(line, ":")
	c := classNames[name]
	if !ok || c == 0 {
		return fmt.Errorf("no class %q", name)
	}
	for s := range strings.FieldsSeq(words) {
		l.entry(s).class |= c
	}
	return nil
}

func (l *lexicon) titleLine(line string) error {
	name, sex, ok := strings.Cut(line, ":")
	if !ok {
		return fmt.Errorf("no colon after %q", line)
	}
	w := l.entry(name)
	w.class |= title
	if sex = strings.TrimSpace(sex); sex != "" {
		w.class |= classNames[sex]
	}
	return nil
}

func (l *lexicon) abbreviationLine(line string) error {
	for _, s := range strings.Fields(line) {
		a := plainAbbreviation
		switch s[0] {
		case '!':
			a, s = openAbbreviation, s[1:]
		case '?':
			a, s = doubtfulAbbreviation, s[1:]
		}
		l.abbreviations[s] = a
	}
	return nil
}

func (l *lexicon) labelLine(line string) error {
	for _, s := range strings.Fields(line) {
		l.entry(s)
		l.labels[s] = true
	}
	return nil
}

func (l *lexicon) cueLine(line string) error {
	v, irregular, err := parseCue(line)
	if err != nil {
		return err
	}
	stem, _, _ := strings.Cut(v.lemma, " ")
	for _, x := range inflect(stem, irregular) {
		w := l.entry(x.low)
		w.form |= x.form
		at := 0
		for at < len(w.cues) && len(w.cues[at].particle) >= len(v.particle) {
			at++
		}
		w.cues = slices.Insert(w.cues, at, v)
	}
	return nil
}

func (l *lexicon) countryLine(line string) error {
	name, rest, ok := strings.Cut(line, ":")
	if !ok || strings.Count(rest, ";") != 1 {
		return fmt.Errorf("a country has a colon and a semicolon, not %q", line)
	}
	name = strings.ReplaceAll(name, "_", " ")
	l.countries[name] = name
	adjectives, seats, _ := strings.Cut(rest, ";")
	for _, s := range strings.Fields(adjectives) {
		l.adjectives[strings.ReplaceAll(s, "_", " ")] = name
	}
	for _, s := range strings.Fields(seats) {
		l.countries[strings.ReplaceAll(s, "_", " ")] = name
	}
	return nil
}

func (l *lexicon) senseLine(line string) error {
	lemma, objects, ok := strings.Cut(line, ":")
	if !ok {
		return fmt.Errorf("no colon in %q", line)
	}
	for _, s := range strings.Fields(objects) {
		l.entry(s)
		l.senses[strings.ReplaceAll(lemma, "_", " ")+" "+s] = true
	}
	return nil
}

// nounLine enters a noun in singular and plural.
func (l *lexicon) nounLine(line string) error {
	v, _, err := parseCue(line)
	if err != nil {
		return err
	}
	l.entry(v.lemma).noun = v
	l.entry(thirdPerson(v.lemma)).noun = v
	return nil
}

// parseCue reads lemma, mode, force, frames and what else stands in a line.
func parseCue(line string) (v *cueVerb, rest []string, err error) {
	f := strings.Fields(line)
	if len(f) < 4 {
		return nil, nil, fmt.Errorf("a cue has lemma, mode, force and frames, not %q", line)
	}
	parts := strings.Split(f[0], "_")
	v = &cueVerb{
		lemma:    strings.Join(parts, " "),
		particle: parts[1:],
		mode:     hearsay.Mode(f[1]),
		force:    hearsay.Force(f[2]),
	}
	if !modes[v.mode] || !forces[v.force] {
		return nil, nil, fmt.Errorf("no mode %q with force %q", f[1], f[2])
	}
	for _, s := range strings.Split(f[3], ",") {
		if x := frameNames[s]; x != 0 {
			v.frames |= x
		} else {
			v.prepositions = append(v.prepositions, s)
		}
	}
	return v, f[4:], nil
}

// An inflected word is a form of a verb, with what it can be.
type inflected struct {
	low  string
	form form
}

// inflect returns the forms of an English verb. Irregular forms replace those
// that the rules would give: one that ends in -ing the present participle, the
// others past tense and past participle (the first the past tense, the last
// the participle).
func inflect(lemma string, irregular []string) []inflected {
	forms := make([]inflected, 0, 6)
	add := func(s string, f form) {
		for i := range forms {
			if forms[i].low == s {
				forms[i].form |= f
				return
			}
		}
		forms = append(forms, inflected{s, f})
	}
	add(lemma, baseForm)
	add(thirdPerson(lemma), thirdForm)
	ing := ""
	var past []string
	for _, s := range irregular {
		if strings.HasSuffix(s, "ing") && len(s) > 5 {
			ing = s
		} else {
			past = append(past, s)
		}
	}
	stem := strings.TrimSuffix(lemma, "e")
	if ing == "" {
		ing = stem + "ing"
		if strings.HasSuffix(lemma, "ee") {
			ing = lemma + "ing"
		}
	}
	add(ing, ingForm)
	switch {
	case len(past) > 0:
		add(past[0], pastForm)
		add(past[len(past)-1], participle)
		if len(past) == 2 && strings.HasSuffix(past[0], "ed") {
			add(past[0], participle)
		}
	case strings.HasSuffix(lemma, "y") && !vowelBefore(lemma, 1):
		add(lemma[:len(lemma)-1]+"ied", pastForm|participle)
	default:
		add(stem+"ed", pastForm|participle)
	}
	return forms
}

func thirdPerson(lemma string) string {
	switch {
	case strings.HasSuffix(lemma, "y") && !vowelBefore(lemma, 1):
		return lemma[:len(lemma)-1] + "ies"
	case strings.HasSuffix(lemma, "s"), strings.HasSuffix(lemma, "sh"), strings.HasSuffix(lemma, "ch"),
		strings.HasSuffix(lemma, "x"), strings.HasSuffix(lemma, "z"), lemma == "go", strings.HasSuffix(lemma, "cho"), lemma == "veto":
		return lemma + "es"
	}
	return lemma + "s"
}

// vowelBefore reports whether a vowel stands before the last n letters.
func vowelBefore(s string, n int) bool {
	i := len(s) - n - 1
	return i >= 0 && strings.IndexByte("aeiou", s[i]) >= 0
}

// capitalised reports whether s begins with a capital letter.
func capitalised(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}
