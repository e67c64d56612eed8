package annotate

import (
	"slices"

	"hearsay"
)

// verb reads an event that the verb at o.at tells of.
func (f *eventFinder) verb(o *occurrence, k scene, c words) {
	i := o.at
	s := f.sentenceOf(i)
	t := &f.ts[i]
	if t.capital && k&discussVerb == 0 || i > c.from && (f.ts[i-1].is(determiner) || f.possessiveMark(i-1) && f.ts[i-1].low() == "'s") {
		return
	}
	if f.talkHost(i, c) {
		return
	}
	undo, planned := f.undoneBefore(i, c)
	if undo {
		return
	}
	o.planned = planned || f.whenAhead(i, c) || f.ts[max(i-1, c.from)].low() == "would"
	if !f.governs(i, c) || !f.satDown(o, c) {
		return
	}
	if v := f.journeyTo(i, c); v > 0 && f.ts[v+1].low() == "to" {
		f.destination(o, v+2, i)
		o.with = nil
	}
	o.who = f.actor(i, s, c)
	if f.passively(o, k, c) {
		return
	}
	if o.who.empty() || !f.agent(o.who) && !(k&meetVerb != 0 && f.several(o.who)) {
		return
	}
	switch {
	case k&discussVerb != 0:
		f.discussed(o, c)
		return
	case k&goVerb != 0:
		arrives := f.arrival(i)
		f.tail(o, goVerb, c)
		if f.setsOut(o) || arrives && (!f.person(o.who) || !o.planned || f.whenOf(o) == nil) || o.place.empty() || f.forMore(o.end, c) || f.fixture(o, c) {
			return
		}
		f.add(hearsay.Visit, o, false, false)
	case k&visitVerb != 0:
		if j := f.destination(o, i+1, c.to); j > i {
			o.end = j
			f.tail(o, visitVerb, c)
			f.add(hearsay.Visit, o, false, false)
		}
	case k&speakVerb != 0:
		f.spokeWith(o, c)
	case k&(hostVerb|receiveVerb|reachVerb) != 0:
		f.received(o, k, c)
	default:
		f.met(o, k, c)
	}
}

// forMore reports whether the purpose of a journey follows that is an event of
// its own: "flew to Harrow for talks with".
func (f *eventFinder) forMore(i int, c words) bool {
	for k := i; k < c.to && k < i+10; k++ {
		if f.scene(k)&(meetNoun|meetVerb|summitNoun) != 0 {
			return true
		}
	}
	return false
}

// governs reports whether an infinitive is one of an event that counts: "is due
// to meet", "will meet", not "hopes to meet".
func (f *eventFinder) governs(i int, c words) bool {
	k := i - 1
	for k > c.from && f.adverb(k) {
		k--
	}
	if k < c.from || f.ts[k].low() != "to" {
		l := f.low(f.ts[i])
		return k < c.from || !f.ts[k].is(modal) || f.ts[k].low() == "will" || f.ts[k].low() == "'ll" || f.ts[k].low() == "shall" || f.ts[k].low() == "would" || l == ""
	}
	for k--; k >= c.from && (f.adverb(k) && f.scene(k) == 0 || f.ts[k].is(timeWord) || f.ts[k].low() == "on"); k-- {
	}
	if k < c.from {
		return false
	}
	if f.scene(k)&leadsTo != 0 || f.ts[k].is(copula) {
		return true
	}
	return f.journeyTo(i, c) > 0
}

// journeyTo returns the verb of going somewhere before an infinitive: "flew to
// Harrow to meet"; 0 for none.
func (f *eventFinder) journeyTo(i int, c words) int {
	if !f.infinitive(i, c) {
		return 0
	}
	for j := i - 2; j > c.from && i-j < 8; j-- {
		if f.scene(j)&goVerb != 0 || f.low(f.ts[j]) == "arrived" {
			return j
		}
		if f.finite(j) {
			return 0
		}
	}
	return 0
}

// actor returns who does what the verb at token i tells: the speaker of the
// statement that the verb reports, or the subject.
func (f *eventFinder) actor(i int, s sentence, c words) words {
	k, _ := slices.BinarySearchFunc(f.parts, i, func(p attribution, i int) int { return p.anchor().from - i })
	for j := max(0, k-2); j < len(f.parts) && j <= k+1; j++ {
		if p := &f.parts[j]; p.cue.from <= i && i < p.cue.to && !p.speaker.empty() {
			return p.speaker
		}
	}
	if v := f.journeyTo(i, c); v > 0 {
		return f.actor(v, s, c)
	}
	end := i
	for end > c.from && (f.adverb(end-1) && !f.ts[end-1].is(timeWord) || f.ts[end-1].is(auxiliary|modal|copula) && !f.possessiveMark(end-1) || f.ts[end-1].low() == "to" || f.scene(end-1)&leadsTo != 0 && f.ts[end-1].lex != nil && !f.ts[end-1].capital || f.low(f.ts[end-1]) == "due" || f.low(f.ts[end-1]) == "scheduled") {
		end--
	}
	if end == c.from {
		return words{}
	}
	p := &f.ts[end-1]
	if p.is(conjunction) || f.comma(end-1, c.to) && !f.closesApposition(end-1, c.from) || f.infinitive(i, c) && !f.nounBefore(end) && !f.ts[end].is(copula|modal) && !f.comma(end-1, c.to) && p.low() != "who" {
		return f.clauseSubject(sentence{f.saidFrom(i, c.from), s.to, s.block}, end)
	}
	if p.low() == "who" && end-2 > c.from && f.comma(end-2, c.to) {
		return f.antecedent(end-2, c.from)
	}
	w := f.phraseBefore(f.beforeTime(end, c.from), c.from)
	if w.empty() && f.ts[i].quote != 0 {
		w = f.bareBefore(end, c.from)
	}
	if w.to-w.from == 1 && f.ts[w.from].low() == "who" {
		if v := f.phraseBefore(w.from, c.from); !v.empty() && f.canHear(v) {
			return v // "an official who spoke to"
		}
	}
	if w = f.bothOf(f.wholeList(w, c.from), c.from); !w.empty() && w.from > c.from && f.ts[w.from-1].is(preposition) && !f.ts[w.from-1].is(subordinator) {
		return f.headed(w, c.from) // none in "bishops from around the world met"
	}
	return w
}

// bothOf takes into a subject the one before it: "the governor and the minister".
func (f *eventFinder) bothOf(w words, lo int) words {
	if w.empty() || w.from-2 < lo || f.andWithin(w) || f.ts[w.from-1].low() != "and" || !f.canHear(w) {
		return w
	}
	if v := f.phraseBefore(w.from-1, lo); !v.empty() && f.canHear(v) && (v.from == lo || !f.finite(v.from-1)) {
		w.from = v.from
	}
	return w
}

func (f *eventFinder) infinitive(i int, c words) bool {
	return i > c.from && f.ts[i-1].low() == "to"
}

func (f *eventFinder) nounBefore(end int) bool {
	t := &f.ts[end-1]
	return t.capital || t.is(personal|role|group|organisation)
}

// closesApposition reports whether the comma at token i has a partner before it:
// "Ott, the mayor, met".
func (f *eventFinder) closesApposition(i, lo int) bool {
	for k := i - 1; k > lo && i-k < 16; k-- {
		if f.comma(k, i) {
			return true
		}
	}
	return false
}

// bareBefore returns the row of names or the pronoun that ends before token end,
// inside a quotation, where phraseBefore does not look.
func (f *eventFinder) bareBefore(end, lo int) words {
	w := words{end, end}
	if end-1 >= lo && f.ts[end-1].is(personal) {
		return words{end - 1, end}
	}
	for w.from > lo && f.capitalWord(w.from-1) {
		w.from--
	}
	return w
}

// wholeList takes into a subject the names before it in a list: "Ott, Brand and
// Lind".
func (f *eventFinder) wholeList(w words, lo int) words {
	const most = 4
	for range most {
		if w.empty() || w.from-2 < lo || !f.ts[w.from].capital || !f.comma(w.from-1, w.to) && f.ts[w.from-1].low() != "and" || !f.ts[w.from-2].capital {
			break
		}
		if !f.andWithin(w) && f.ts[w.from-1].low() != "and" {
			break
		}
		v := f.phraseBefore(w.from-1, lo)
		if v.empty() || !f.ts[v.from].capital {
			break
		}
		w.from = v.from
	}
	return w
}

func (f *eventFinder) andWithin(w words) bool {
	for i := w.from; i < w.to; i++ {
		if f.ts[i].low() == "and" {
			return true
		}
	}
	return false
}

// met reads "met Brand", "met with", "met in Harrow", "phoned", "interviewed".
func (f *eventFinder) met(o *occurrence, k scene, c words) {
	i := f.oftenBehind(o.at+1, c.to)
	o.end = i
	if w := f.parties(i, c.to, false); i == o.at+1 && !w.empty() && !f.ts[i].is(timeWord) {
		if !f.canHear(w) || f.scene(f.head(w))&kin != 0 {
			return
		}
		o.with = append(o.with, w)
		o.end = w.to
	}
	f.tail(o, k, c)
	if f.contest(o, c) {
		return
	}
	kind := hearsay.Meeting
	switch {
	case k&phoneVerb != 0:
		if kind = hearsay.Call; len(o.with) == 0 {
			return
		}
	case k&interviewVerb != 0:
		if kind = hearsay.Interview; len(o.with) == 0 || !f.asksForPress(o.who) && !f.asksForPress(o.with[0]) {
			return // "interviewed by police"
		}
	}
	if len(o.with) == 0 && (o.end == o.at+1 || !f.several(o.who)) {
		return // "met the deadline", "the couple met"
	}
	f.add(kind, o, false, false)
}

// asksForPress reports whether a phrase names an outlet, or a journalist, who
// interviews people.
func (f *eventFinder) asksForPress(w words) bool {
	if _, ok := f.outlet(w); ok {
		return true
	}
	switch f.low(f.ts[f.head(w)]) {
	case "journalist", "reporter", "presenter", "broadcaster", "editor", "correspondent", "columnist":
		return true
	}
	return false
}

// several reports whether a subject is more than one.
func (f *eventFinder) several(w words) bool {
	if f.andWithin(w) {
		return true
	}
	return f.ts[f.head(w)].is(group) || f.scene(f.head(w))&eventParty != 0
}

// discussed reads several who have names and discuss something in some place.
func (f *eventFinder) discussed(o *occurrence, c words) {
	for i := o.at + 1; i < c.to && i < o.at+20; i++ {
		if f.finite(i) || f.comma(i, c.to) {
			return
		}
		var p circumstance
		if j := f.placed(i, c.to, &p); j > i && !p.place.empty() {
			o.place, o.placeName, o.end = p.place, p.placeName, j
			f.tail(o, meetVerb, c)
			break
		}
	}
	if o.place.empty() || !f.andWithin(o.who) {
		return
	}
	f.add(hearsay.Meeting, o, false, false)
}

// spokeWith reads "spoke by telephone with Brand", "spoke to Radio Kestrel".
func (f *eventFinder) spokeWith(o *occurrence, c words) {
	i := o.at + 1
	for i < c.to {
		if low := f.ts[i].low(); (low == "to" || low == "with") && len(o.with) == 0 {
			w := f.parties(i+1, c.to, false)
			if w.empty() || !f.canHear(w) {
				break
			}
			_, o.outlet = f.outlet(w)
			o.with = append(o.with, w)
			i = w.to
			o.end = i
			continue
		}
		j := f.tailPart(o, speakVerb, i, c.to)
		if j == i {
			break
		}
		i, o.end = j, j
	}
	switch {
	case o.phone && len(o.with) > 0:
		f.add(hearsay.Call, o, false, false)
	case o.phone && f.several(o.who):
		f.add(hearsay.Call, o, false, false)
	case o.outlet:
		f.add(hearsay.Interview, o, false, false)
	}
}

// noun reads an event that the noun at o.at tells of.
func (f *eventFinder) noun(o *occurrence, k scene, c words) {
	i := o.at
	if f.lowIs(i, "meeting") && i+1 < c.to && f.scene(i+1)&placeNoun != 0 && !f.ts[i+1].is(preposition) {
		return // "the meeting room"
	}
	if k&congress != 0 && (i+1 < c.to && f.scene(i+1)&(callNoun|placeNoun) != 0 || !f.gathering(o, k, max(c.from, i-2))) {
		return // "a conference call", "a news conference"
	}
	apart, generic := false, false
	first := i
	for first > c.from && i-first < 6 {
		t := &f.ts[first-1]
		s := f.scene(first - 1)
		if t.kind != wordToken || t.is(preposition|conjunction|modal|auxiliary) && !f.possessiveMark(first-1) || t.is(personal) && !t.is(possessive) || s&holdVerb != 0 || f.finite(first-1) && !f.possessiveMark(first-1) {
			break
		}
		apart = apart || s&otherEvent != 0
		generic = generic || s&genericEvent != 0
		o.planned = o.planned || s&coming != 0
		if s&undone != 0 {
			return
		}
		first--
		if t.is(determiner|possessive) && !t.is(demonym) || f.countWord(first).kind == basicWord {
			break
		}
	}
	o.start = first
	undo, planned := f.undoneBefore(first, c)
	if undo {
		return
	}
	o.planned = o.planned || planned || f.whenAhead(i, c)
	f.fromTo(o, k, c)
	f.tail(o, k, c)
	f.nounActor(o, k, first, c)
	if k&callNoun != 0 && !f.byPhone(first, i) && !o.phone && (f.lowIs(i, "conversation") || f.lowIs(i, "contact") || len(o.with) == 0) {
		return
	}
	undo, planned = f.fate(o.end, c)
	if undo || !o.spoke && !f.agent(o.who) {
		return
	}
	o.planned = o.planned || planned
	kind := map[scene]hearsay.EventKind{meetNoun: hearsay.Meeting, congress: hearsay.Meeting, summitNoun: hearsay.Summit, visitNoun: hearsay.Visit, callNoun: hearsay.Call, interviewNoun: hearsay.Interview}[k&eventNoun]
	switch {
	case kind == hearsay.Summit:
		f.summit(o, first, apart)
		return
	case kind == hearsay.Interview && len(o.with) == 0, generic && len(o.with) == 0:
		return
	case kind == hearsay.Visit && o.place.empty() && len(o.with) == 0:
		return
	case o.who.empty() && len(o.with) == 0:
		return
	}
	o.called = f.gathering(o, k, first)
	f.add(kind, o, apart, kind == hearsay.Meeting && len(o.with) == 0 && !f.several(o.who) && !o.called && !o.attended)
}

func (f *eventFinder) lowIs(i int, s string) bool { return f.low(f.ts[i]) == s }

// byPhone reports whether a call is one by telephone.
func (f *eventFinder) byPhone(from, to int) bool {
	for i := from; i < to; i++ {
		if f.scene(i)&bareCarrier != 0 {
			return true
		}
	}
	return false
}

// fate reports what the words behind an event say of it: that it "was
// cancelled", or that it "is planned".
func (f *eventFinder) fate(i int, c words) (undo, planned bool) {
	for k := i; k < c.to && k < i+7; k++ {
		if f.comma(k, c.to) || f.ts[k].is(conjunction|subordinator) && !f.ts[k].is(preposition) {
			break
		}
		if f.scene(k)&undone != 0 && !f.ts[k].capital {
			return true, false
		}
		planned = planned || f.scene(k)&coming != 0 && k > i && f.ts[k-1].is(copula) || f.ts[k].low() == "will" && !f.ts[k].capital
	}
	return false, planned
}

// agent reports whether a phrase, where there is one, can take part in an event.
func (f *eventFinder) agent(w words) bool {
	return w.empty() || f.canHear(w) || f.ts[w.from].is(personal|possessive|relative) && w.to-w.from == 1 && !f.ts[w.from].is(whWord) || w.to-w.from == 1 && (f.ts[w.from].low() == "who" || f.ts[w.from].low() == "which" || f.ts[w.from].low() == "that") || f.andWithin(w) && f.capitalWithin(w)
}

// nounActor finds who took part, before the noun: its possessor, the statement
// that it is the medium of, or the subject of "held" and "was in Harrow for". It
// finds the place that stands between, too.
func (f *eventFinder) nounActor(o *occurrence, k scene, first int, c words) {
	if i := first; f.ts[i].is(possessive) {
		if o.who = (words{i, i + 1}); f.ts[i].low() == "its" && i > c.from && f.scene(i-1)&holdVerb != 0 {
			if w := f.actor(i-1, f.sentenceOf(i), c); !w.empty() {
				o.who = w // "the coalition holds its summit"
			}
		}
		return
	}
	for i := first; i < o.at; i++ {
		if f.possessiveMark(i) {
			o.who = words{first, i}
			return
		}
	}
	if f.ofStatement(o, first, k) || f.isMeeting(o, first, c) {
		return
	}
	if first-1 < c.from {
		return
	}
	s := f.sentenceOf(o.at)
	prev := first - 1
	for prev > c.from && f.ts[prev].is(determiner|timeWord) {
		prev--
	}
	if prev > c.from && f.scene(prev)&holdVerb == 0 && f.pastTense(prev) && f.scene(prev-1)&holdVerb != 0 {
		prev-- // "will hold closed talks"
	}
	low := f.ts[prev].low()
	switch {
	case f.scene(prev)&holdVerb != 0 && !f.ts[prev].is(preposition):
		o.who = f.actor(prev, s, c)
		o.start = prev
		o.attended = !o.who.empty() && f.hasName(o.who) && f.whenOf(o) != nil
	case (low == "after" || low == "during" || low == "following" || low == "in" || low == "at" || low == "on") && len(o.with) > 0 && k&(meetNoun|callNoun|interviewNoun) != 0:
		f.cameFor(o, prev, s, c)
		if end := f.subjectEnd(prev, c.from); o.who.empty() && end > 0 {
			if w := f.phraseBefore(f.beforeTime(end, c.from), c.from); !w.empty() && (f.person(w) || w.from > s.from && f.hasName(w) || w.to-w.from > 1 && f.hasName(w) || f.ts[f.head(w)].is(role|group|organisation)) {
				o.who = w
			}
		}
	case (low == "at" || low == "during") && k&meetNoun != 0 && o.end > o.at+1 && f.whenOf(o) != nil:
		f.attending(o, prev, s, c)
	case (low == "after" || low == "following") && k&meetNoun != 0 && o.end > o.at+1 && f.whenOf(o) != nil:
		if f.attending(o, prev, s, c); !f.andWithin(o.who) || !f.hasName(o.who) {
			o.who, o.attended = words{}, false // "Ott and Lind agreed to work together after a meeting on Tuesday"
		}
	case low == "for" || low == "on" && k&visitNoun != 0 || low == "at" || low == "in":
		f.cameFor(o, prev, s, c)
	}
}

// cameFor reads who "was in Harrow" or "flew to Harrow" for the event.
func (f *eventFinder) cameFor(o *occurrence, i int, s sentence, c words) {
	for v := i - 1; v >= c.from && i-v < 14; v-- {
		if f.scene(v)&purpose == 0 {
			if f.finite(v) && !f.possessiveMark(v) {
				return
			}
			continue
		}
		found := false
		for j := v + 1; j < i && !found; j++ {
			var p circumstance
			if f.ts[j].low() == "to" {
				var d occurrence
				if f.destination(&d, j+1, i) > j && !d.place.empty() {
					o.place, o.placeName, found = d.place, d.placeName, true
				}
			} else if f.placed(j, i, &p); !p.place.empty() {
				o.place, o.placeName, found = p.place, p.placeName, true
			}
		}
		if w := f.actor(v, s, c); found && !w.empty() && f.canHear(w) {
			o.who = w
		}
		return
	}
}

// ofStatement reports whether the event is the medium of a statement, and takes
// speaker and addressee of that for those who took part.
func (f *eventFinder) ofStatement(o *occurrence, first int, k scene) bool {
	at := f.ts[o.at].Start
	j, _ := slices.BinarySearchFunc(f.parts, o.at, func(p attribution, i int) int { return p.anchor().from - i })
	for n := max(0, j-3); n < len(f.parts) && n <= j+3; n++ {
		st := &f.ss[n]
		if !f.carries(st, at) || f.parts[n].speaker.empty() {
			continue
		}
		o.who, o.spoke = f.parts[n].speaker, true
		if w := f.parts[n].addressee; len(o.with) == 0 && !w.empty() && !(w.from <= o.at && o.at < w.to) {
			o.with = append(o.with, f.parts[n].addressee)
		}
		if k&(meetNoun|congress) != 0 && !slices.ContainsFunc(o.with, f.hasName) && !f.gathering(o, k, first) {
			o.with = nil
			if o.attended = o.end > o.at+1 && f.hasName(o.who) && f.whenOf(o) != nil; !o.attended {
				o.who = words{}
			}
		}
		return true
	}
	return false
}

// hasName reports whether a phrase names somebody rather than describes a group.
func (f *eventFinder) hasName(w words) bool {
	_, ok := f.r.properName(w)
	return ok || f.person(w)
}

// summit adds a summit where the report says where or when it is, or who takes
// part.
func (f *eventFinder) summit(o *occurrence, first int, apart bool) {
	for i := first; i < o.at; i++ {
		if t := &f.ts[i]; t.upper && t.kind == wordToken {
			o.with = append(o.with, words{i, i + 1}) // "the NATO summit"
		}
	}
	for _, w := range o.with {
		if h := &f.ts[f.head(w)]; !h.is(group|role|organisation) && !h.upper && w.from > 0 && f.ts[w.from-1].low() == "of" {
			return // "the summit of Mount Harl"
		}
	}
	if o.place.empty() && o.end == o.at+1 {
		return
	}
	f.add(hearsay.Summit, o, apart, false)
}
