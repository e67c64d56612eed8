package annotate

import (
	"fmt"
	"strings"
)

// This file holds what settings and events have in common: the words of
// media.txt, places.txt and events.txt, and the phrases that name who took part
// and where.

// scene is a set of the classes that a word has in media.txt, places.txt and
// events.txt.
type scene uint64

const (
	carrier scene = 1 << iota
	massCarrier
	onCarrier
	bareCarrier
	twoSided
	sentCarrier
	occasion
	passing
	platform
	outletName
	outletTitle
	pressNoun
	audience
	hearer
	session
	toward
	speaking
	opening
	adding
	placeNoun
	settlement
	locatedName
	uponPlace
	noPlace
	journey
	meetVerb
	visitVerb
	goVerb
	phoneVerb
	speakVerb
	discussVerb
	interviewVerb
	meetNoun
	summitNoun
	visitNoun
	callNoun
	interviewNoun
	holdVerb
	purpose
	undone
	coming
	leadsTo
	otherEvent
	kin
	genericEvent
	objective
	local
	untold
	hostVerb
	receiveVerb
	reachVerb
	match
	gathered
	destination
	opinion
	congress
	eventParty
)

// verbs and nouns that tell of events.
const (
	eventVerb = meetVerb | visitVerb | goVerb | phoneVerb | speakVerb | discussVerb | interviewVerb | hostVerb | receiveVerb | reachVerb
	eventNoun = meetNoun | summitNoun | visitNoun | callNoun | interviewNoun | congress
)

var sceneNames = map[string]scene{
	"carrier": carrier, "mass": massCarrier, "on": onCarrier, "bare": bareCarrier, "partner": twoSided, "sent": sentCarrier,
	"occasion": occasion, "passing": passing, "platform": platform, "outlet": outletName, "title": outletTitle, "press": pressNoun,
	"audience": audience, "hearer": hearer, "session": session, "toward": toward, "speaking": speaking, "opening": opening,
	"adding": adding, "place": placeNoun, "settlement": settlement, "located": locatedName, "upon": uponPlace,
	"noplace": noPlace, "journey": journey,
	"meetverb": meetVerb, "visitverb": visitVerb, "goverb": goVerb, "phoneverb": phoneVerb, "speakverb": speakVerb,
	"discussverb": discussVerb, "interviewverb": interviewVerb, "meetnoun": meetNoun, "summitnoun": summitNoun,
	"visitnoun": visitNoun, "callnoun": callNoun, "interviewnoun": interviewNoun, "holding": holdVerb, "purpose": purpose,
	"undone": undone, "coming": coming, "leadsto": leadsTo, "other": otherEvent, "kin": kin, "generic": genericEvent, "objective": objective, "local": local,
	"untold": untold, "hostverb": hostVerb, "receiveverb": receiveVerb, "reachverb": reachVerb, "match": match, "regular": gathered,
	"destination": destination, "opinion": opinion, "congress": congress, "party": eventParty,
}

// sceneLine reads a line "class: words" of media.txt, places.txt or events.txt.
func (l *lexicon) sceneLine(line string) error {
	name, list, ok := strings.Cut(line, ":")
	c := sceneNames[name]
	if !ok || c == 0 {
		return fmt.Errorf("no class %q", name)
	}
	for s := range strings.FieldsSeq(list) {
		l.scenes[strings.ReplaceAll(s, "_", " ")] |= c
	}
	return nil
}

// scene returns the classes of token i.
func (a *analysis) scene(i int) scene {
	if a.ts[i].kind != wordToken {
		return 0
	}
	if t := &a.ts[i]; t.End-t.Start == 2 && a.text[t.Start:t.End] == "X." {
		return platform // the end of a sentence, taken for an initial
	}
	return a.lex.scenes[a.low(a.ts[i])]
}

// comma reports whether token i, which must lie before token hi, is a comma.
func (a *analysis) comma(i, hi int) bool {
	return i < hi && a.ts[i].kind == punctuation && a.ts[i].mark == ','
}

// bare returns the noun phrase at token i up to its head, with an "of" that
// belongs to it: "the Harbour Post", "a televised meeting", "the steps of the
// court". It is empty where no noun stands.
func (a *analysis) bare(i, hi int) words {
	const most = 14
	hi = min(hi, i+most)
	w := words{i, i}
	if i >= hi {
		return w
	}
	inside := a.ts[i].quote
	if a.ts[i].is(personal) && !a.ts[i].is(possessive) {
		return words{i, i + 1}
	}
	for i < hi && a.ts[i].is(determiner|possessive) && !a.ts[i].is(whWord) {
		i++
	}
	start := i
	for i < hi && a.ts[i].quote == inside && a.inBare(i, start) {
		i++
		if i > start && i+1 < hi && a.ts[i].low() == "of" && a.ts[i].quote == inside {
			j := i + 1
			for j < hi && (a.ts[j].is(determiner|possessive) && !a.ts[j].is(whWord) || j+1 < hi && a.ts[j+1].kind == numberToken && a.ts[j].is(adverb|preposition)) {
				j++
			}
			if j < hi && a.ts[j].quote == inside && a.inBare(j, j) {
				start, i = j, j
			}
		}
	}
	if i == start {
		return w
	}
	w.to = i
	return w
}

// inBare reports whether token i goes on with a noun phrase whose nouns begin at
// token start.
func (a *analysis) inBare(i, start int) bool {
	t := &a.ts[i]
	switch {
	case i > start && !a.noun(i) && !t.capital && a.scene(i)&carrier != 0 && a.ingAt(i):
		return !a.possessiveMark(i) && t.lex != nil && t.lex.form == 0 // "an Oval Office meeting"
	case i > start && t.lex == nil && a.low(*t) == "aboard":
		return false
	case !a.noun(i) || t.kind == numberToken && i > start:
		return false
	case t.is(timeWord) && i+2 < len(a.ts) && a.possessiveMark(i+1) && !t.is(role|group|organisation):
		return true // "today's briefing"
	case i > start && t.is(timeWord) && !t.is(role|group|organisation) && !(t.capital && i > start && a.ts[i-1].capital && a.scene(i)&outletTitle != 0):
		return a.possessiveMark(i)
	case i == start:
		return !t.is(timeWord) || t.is(role|group|organisation) || t.capital && a.scene(i)&outletTitle != 0
	case a.ts[i-1].capital && !t.capital && a.lex.timeSense(t, a.text).kind == numberWord:
		return false // "on Facebook twenty minutes ago"
	case t.capital || a.possessiveMark(i):
		return true
	}
	return !a.verbLike(i) && !a.pastTense(i) && !(a.ingAt(i) && a.scene(i) == 0) && a.scene(i)&passing == 0 &&
		!((a.ts[i-1].is(group) || t.lex == nil && a.personal(i-1)) && strings.HasSuffix(a.low(*t), "ed"))
}

// party returns the phrase that names who was told or took part, which begins at
// token i: with those that "and" joins, and with the body or place that a
// holder of an office belongs to ("officials in Sarrow"), not with the place
// where an audience was ("reporters in Sarrow").
func (a *analysis) party(i, hi int) words { return a.parties(i, hi, true) }

// parties is party that leaves out the place that somebody belongs to where
// places is not set.
func (a *analysis) parties(i, hi int, places bool) words {
	const most = 6 // members of a list
	w := a.bare(i, hi)
	if w.empty() {
		return w
	}
	if j := w.to; j+1 < hi && a.scene(j-1)&pressNoun != 0 && a.ts[j].capital && a.ts[j].is(determiner) && a.ts[j+1].capital {
		w.to = a.bare(j, hi).to // "the magazine The Lantern"
	}
	for range most {
		j := w.to
		if j+1 >= hi || a.ts[j].quote != a.ts[i].quote {
			break
		}
		low := a.ts[j].low()
		var next words
		switch {
		case low == "and" || a.comma(j, hi) && a.listGoesOn(j, hi):
			if a.comma(j, hi) && a.ts[j+1].low() == "and" {
				j++
			}
			next = a.bare(j+1, hi)
			if !next.empty() && (!a.canHear(next) || next.to < hi && (a.finite(next.to) || a.adverb(next.to) && next.to+1 < hi && a.finite(next.to+1))) {
				next = words{}
			}
		case low == "for" || low == "from" || places && (low == "in" || low == "at") && a.scene(w.to-1)&local != 0:
			if next = a.bare(j+1, hi); !next.empty() && !a.ts[next.to-1].capital && !a.ts[next.to-1].is(organisation|group|role) {
				next = words{}
			}
			if !next.empty() && a.ts[w.to-1].capital && low != "for" {
				next = words{}
			}
		}
		if next.empty() {
			break
		}
		w.to = next.to
	}
	return w
}

// listGoesOn reports whether the comma at token i stands between names or people
// of whom the last is joined by "and".
func (a *analysis) listGoesOn(i, hi int) bool {
	const most = 24
	if i+1 >= hi || !a.ts[i+1].capital && a.ts[i+1].low() != "and" {
		return false
	}
	for j := i + 1; j < hi && j < i+most; j++ {
		t := &a.ts[j]
		switch {
		case t.low() == "and":
			return j+1 < hi && (a.ts[j+1].capital || a.ts[j+1].is(determiner|role|group))
		case t.kind == punctuation && t.mark != ',' || t.kind == quoteMark, !t.capital && t.low() != "of" && t.kind == wordToken && !a.noun(j):
			return false
		}
	}
	return false
}

// canHear reports whether a phrase names somebody or a body that can be told
// something or take part.
func (a *analysis) canHear(w words) bool {
	if w.empty() {
		return false
	}
	if name, _ := a.outlet(w); !name.empty() {
		return true
	}
	h := a.head(w)
	t := &a.ts[h]
	switch {
	case t.is(reflexive | relative):
		return false
	case t.is(personal):
		return w.to-w.from == 1 && t.low() != "it" && t.low() != "i"
	case t.is(indefinite) && !t.is(role|group) && a.scene(h)&hearer == 0, t.kind != wordToken && !a.capitalWithin(w):
		return false
	case t.is(role | group | organisation | hearing | unnamed | demonym):
		return true
	case a.scene(h)&(hearer|audience|pressNoun) != 0:
		return true
	}
	if t.capital {
		return !t.is(timeWord) && a.scene(h)&(carrier|noPlace|placeNoun) == 0
	}
	return a.personal(h)
}

// personal guesses from its ending whether a noun that the lexicon lacks is one
// for people: "sailors", "tugboat captains", "pianist".
func (a *analysis) personal(i int) bool {
	s := a.low(a.ts[i])
	if one, plural := strings.CutSuffix(s, "s"); plural {
		if w := a.lex.words[one]; w != nil && w.class&(role|group) != 0 {
			return true
		}
		for _, e := range [...]string{"ers", "ors", "ists", "ians", "ees", "ants", "mates", "goers"} {
			if strings.HasSuffix(s, e) && len(s) > len(e)+2 {
				return a.scene(i) == 0 && !a.ts[i].is(document|timeWord)
			}
		}
		return false
	}
	for _, e := range [...]string{"ist", "ian", "man", "woman", "men", "women", "folk", "rector", "children", "people"} {
		if strings.HasSuffix(s, e) && len(s) > 4 {
			return true
		}
	}
	return false
}

func (a *analysis) capitalWithin(w words) bool {
	for i := w.from; i < w.to; i++ {
		if a.capitalWord(i) {
			return true
		}
	}
	return false
}
