package annotate

import (
	"slices"
	"strings"
	"time"

	"hearsay"
)

// A happening is an event before it is compared with the others that the report
// tells of.
type happening struct {
	hearsay.Event
	names     []string // of the participants that have one
	placeName string
	apart     bool // the report sets it off from others: "his last meeting"
	called    bool // it was called together, so that who else came need not be told
	partly    bool // too little is told of it to be one by itself
}

// An eventFinder goes through a report for events.
type eventFinder struct {
	*analysis
	r     *resolver
	ss    []hearsay.Statement
	parts []attribution
	found []happening
}

// events finds the meetings, visits, calls, interviews and summits that the
// report tells of, those inside contents, too. An event that is told of twice is
// one: the span is that of the first telling. What did not take place, or may
// not, is none; nor is a meeting that is only the medium of a statement, unless
// two who have names take part.
func (a *analysis) events(ss []hearsay.Statement, parts []attribution, r *resolver) []hearsay.Event {
	f := &eventFinder{analysis: a, r: r, ss: ss, parts: parts}
	for _, s := range a.ss {
		if a.doc.Blocks[s.block].Kind == hearsay.Heading {
			continue
		}
		for i := s.from; i < s.to; i++ {
			if k := a.scene(i) & (eventVerb | eventNoun); k != 0 && (k&discussVerb != 0 || !a.withinName(i, s)) {
				f.at(i, k, s)
			}
		}
	}
	var out []hearsay.Event
	for i := range f.found {
		if h := &f.found[i]; !h.partly {
			out = append(out, h.Event)
		}
	}
	return out
}

// withinName reports whether a word stands between others with capital letters:
// "the Oval Meeting House".
func (a *analysis) withinName(i int, s sentence) bool {
	return a.ts[i].capital && i > s.from && a.ts[i-1].capital && i+1 < s.to && a.ts[i+1].capital
}

// An occurrence is what the words about a trigger tell of an event.
type occurrence struct {
	at, end   int   // the trigger, and the token behind the last word that belongs to it
	start     int   // the first word that belongs to it
	who       words // the subject or possessor
	with      []words
	place     words
	placeName words
	outlet    bool // one of those it was with is a newspaper or broadcaster
	phone     bool
	planned   bool
	called    bool // it was called together: "the annual meeting"
	spoke     bool // who is the speaker of a statement
	attended  bool // its time is told, and who was there
	whole     words
}

// at tries the word at token i of sentence s as one that tells of an event.
func (f *eventFinder) at(i int, k scene, s sentence) {
	clause := f.clause(i, s)
	o := occurrence{at: i, end: i + 1, start: i, whole: clause}
	noun := k&eventNoun != 0 && f.nounAt(i, clause)
	switch {
	case noun:
		f.noun(&o, k, clause)
	case k&eventVerb != 0:
		f.verb(&o, k, clause)
	}
}

// clause returns the tokens about token i up to a semicolon, a quotation mark or
// the end of the sentence.
func (f *eventFinder) clause(i int, s sentence) words {
	const most = 60
	q := f.ts[i].quote
	w := words{i, i + 1}
	for w.from > s.from && i-w.from < most && f.ts[w.from-1].quote == q && !f.breaks(w.from-1) {
		w.from--
	}
	for w.to < s.to && w.to-i < most && f.ts[w.to].quote == q && !f.breaks(w.to) {
		w.to++
	}
	return w
}

func (f *eventFinder) breaks(i int) bool {
	t := &f.ts[i]
	return t.kind == quoteMark || t.kind == punctuation && (t.mark == ';' || t.mark == ':' || t.mark == '.' || t.mark == '?' || t.mark == '!')
}

// nounAt reports whether the word at token i is a noun rather than a verb.
func (f *eventFinder) nounAt(i int, c words) bool {
	low := f.low(f.ts[i])
	if low == "talks" || low == "consultations" || low == "negotiations" || low == "discussions" || low == "summit" || low == "conversation" || low == "trip" {
		return true
	}
	if i == c.from {
		return false
	}
	p := &f.ts[i-1]
	if f.countWord(i-1).kind == basicWord || p.is(determiner|possessive) && !p.is(personal) || f.possessiveMark(i-1) {
		return true
	}
	if low == "meeting" || low == "interview" {
		return !(i+1 < c.to && f.ts[i+1].low() != "with" && low == "meeting" && f.ts[i-1].is(preposition|auxiliary))
	}
	// "a state visit", "a surprise phone call"
	for k := i - 1; k >= c.from && k > i-5; k-- {
		t := &f.ts[k]
		switch {
		case t.is(determiner|possessive) && !t.is(personal) || f.possessiveMark(k):
			return true
		case t.kind != wordToken || t.is(preposition|conjunction|auxiliary|modal|personal) || t.low() == "to":
			return false
		}
	}
	return false
}

// undoneBefore reports whether a word shortly before token i says that the event
// did not take place or may not, and whether one says that it is to come.
func (f *eventFinder) undoneBefore(i int, c words) (undo, planned bool) {
	const most = 14
	for k := i - 1; k >= c.from && i-k < most; k-- {
		t := &f.ts[k]
		s := f.scene(k)
		if t.is(conjunction) && k+1 < i && f.ts[k+1].is(modal|auxiliary|copula|personal) {
			break // "had no plans to resign and would travel"
		}
		if s&undone != 0 && !(t.low() == "may" && t.capital) {
			return true, false
		}
		if s&coming != 0 && !(t.low() == "set" && (k+1 >= c.to || f.ts[k+1].low() != "to" && f.ts[k+1].low() != "for")) {
			planned = true
		}
		if t.low() == "to" && k > c.from && (f.scene(k-1)&leadsTo != 0 || f.ts[k-1].is(copula)) {
			planned = planned || f.ts[k-1].is(copula)
		}
		if f.comma(k, c.to) && i-k > 6 || t.is(subordinator) && t.low() != "that" && t.low() != "as" && !t.is(preposition) && i-k > 1 {
			break
		}
	}
	return false, planned
}

// when tells whether a clause with a present tense behind "when" or "before"
// stands for the future.
func (f *eventFinder) whenAhead(i int, c words) bool {
	for k := i - 1; k >= c.from && i-k < 10; k-- {
		switch f.ts[k].low() {
		case "when", "before", "until":
			for j := k + 1; j < i; j++ {
				if l := f.ts[j].lex; l != nil && f.scene(j)&holdVerb != 0 && (l.low == "holds" || l.low == "hosts" || l.low == "hold" || l.low == "host" || l.low == "meets") {
					return true
				}
				if f.scene(j)&holdVerb != 0 && (f.low(f.ts[j]) == "holds" || f.low(f.ts[j]) == "hosts") {
					return true
				}
			}
			return f.low(f.ts[i]) == "meets" || f.low(f.ts[i]) == "meet" || f.low(f.ts[i]) == "visits"
		}
	}
	return false
}

// tail reads what follows a trigger: with whom, where, when.
func (f *eventFinder) tail(o *occurrence, k scene, c words) {
	i := o.end
	for i < c.to {
		j := f.tailPart(o, k, i, c.to)
		if j == i {
			return
		}
		i, o.end = j, j
	}
}

// tailPart reads one phrase of a tail at token i and returns the token behind it.
func (f *eventFinder) tailPart(o *occurrence, k scene, i, hi int) int {
	if j := f.clock(i, hi); j > i {
		if f.tomorrow(i, j) {
			o.planned = true
		}
		return j
	}
	low := f.ts[i].low()
	if low == "by" || low == "over" || low == "on" || low == "via" {
		if w := f.bare(i+1, hi); !w.empty() && f.scene(w.to-1)&bareCarrier != 0 && !f.ts[w.to-1].capital {
			o.phone = true
			return w.to
		}
	}
	switch low {
	case "with", "alongside", "between", "by", "of", "to":
		if low == "of" && k&summitNoun == 0 || low == "by" && k&(visitNoun|visitVerb|interviewVerb) == 0 {
			return i
		}
		if (low == "to") == (k&(visitNoun|goVerb) == 0) && !(low == "to" && k&interviewNoun != 0) && low == "to" {
			return i
		}
		if low == "to" && k&(visitNoun|goVerb) != 0 {
			return f.destination(o, i+1, hi)
		}
		w := f.parties(i+1, hi, false)
		if w.empty() || !f.canHear(w) {
			return i
		}
		if low == "between" && w.to+1 < hi && f.ts[w.to].low() == "and" {
			if v := f.bare(w.to+1, hi); f.canHear(v) {
				w.to = v.to
			}
		}
		o.with = append(o.with, w)
		return w.to
	}
	if f.comma(i, hi) && len(o.with) > 0 {
		if j := f.apposedTo(o, i, hi); j > i {
			return j
		}
	}
	if f.comma(i, hi) && i+1 < hi && len(o.with) > 0 && f.clock(i+1, hi) > i+1 {
		return f.clock(i+1, hi)
	}
	if f.adverb(i) && !f.ts[i].is(preposition) && f.scene(i) == 0 && i+1 < hi && f.ts[i+1].is(preposition) {
		return i + 1
	}
	var p circumstance
	if j := f.placed(i, hi, &p); j > i && !p.place.empty() {
		if o.place.empty() {
			o.place, o.placeName = p.place, p.placeName
		}
		return j
	}
	return i
}

// tomorrow reports whether an expression of time says that it is to come: "next
// week", "tomorrow".
func (f *eventFinder) tomorrow(i, j int) bool {
	for ; i < j; i++ {
		if l := f.ts[i].low(); l == "tomorrow" || l == "next" {
			return true
		}
	}
	return false
}

// destination reads the place, or the person, that a visit leads to.
func (f *eventFinder) destination(o *occurrence, i, hi int) int {
	w := f.bare(i, hi)
	switch {
	case w.empty():
		return i - 1
	case f.ofPerson(w):
		o.with = append(o.with, w) // "visited the family of Ann Ott"
		return w.to
	case !f.person(w) && (f.placeLike(w, "in") || f.scene(f.head(w))&destination != 0 && (f.ts[w.from].is(determiner|possessive) || f.possessiveWithin(w))):
		o.place, o.placeName = f.wholePlace(w, w, hi)
		return o.place.to
	case f.person(w):
		o.with = append(o.with, w)
		return w.to
	case f.ts[w.from].is(determiner|possessive) && !f.ts[w.to-1].capital && !f.canHear(w) && f.clock(w.to, hi) > w.to:
		o.place = w // "toured the control room on Wednesday"
		return w.to
	}
	return i - 1
}

// standsIn reports whether words are only "its", "who" or "which".
func (f *eventFinder) standsIn(s hearsay.Span) bool {
	switch strings.ToLower(s.In(f.text)) {
	case "its", "who", "which", "that", "whose":
		return true
	}
	return false
}

// ofPerson reports whether a phrase is of those about one person: "the family of
// Ann Ott".
func (f *eventFinder) ofPerson(w words) bool {
	for i := w.from + 1; i+1 < w.to; i++ {
		if f.ts[i].low() == "of" && (f.lowIs(i-1, "family") || f.lowIs(i-1, "victims") || f.lowIs(i-1, "home")) {
			return f.person(words{i + 1, w.to})
		}
	}
	return false
}

// person reports whether a phrase names one person.
func (f *eventFinder) person(w words) bool {
	h := &f.ts[f.head(w)]
	if h.is(personal) {
		return w.to-w.from == 1 && h.low() != "it"
	}
	if h.is(role) && !h.is(organisation) {
		return true
	}
	run, ok := f.r.properName(w)
	if !ok {
		return false
	}
	q, _ := f.r.people.named(f.contentWords(run.name), run.sex, f.lex)
	return q != nil && q.evident || !run.titles.empty()
}

// add completes an event and takes it in, with one that was told of before where
// it is the same.
func (f *eventFinder) add(kind hearsay.EventKind, o *occurrence, apart, partly bool) {
	h := happening{Event: hearsay.Event{Kind: kind, Planned: o.planned, Span: f.span(words{o.start, o.end})}, apart: apart, called: o.called, partly: partly}
	seen := map[hearsay.Span]bool{}
	list := o.with
	if !o.who.empty() {
		list = append([]words{o.who}, o.with...)
	}
	for _, w := range list {
		if w.to-w.from > 1 && f.ts[w.from].low() == "that" {
			w.from++
		}
		for _, m := range f.participants(w) {
			if m.Name == "" && f.standsIn(m.Span) {
				continue
			}
			if !seen[m.Span] && (m.Name == "" || !slices.Contains(h.names, m.Name)) {
				seen[m.Span] = true
				h.Participants = append(h.Participants, m)
				if m.Name != "" {
					h.names = append(h.names, m.Name)
				}
			}
		}
	}
	slices.SortStableFunc(h.Participants, func(x, y hearsay.Mention) int { return x.Start - y.Start })
	if !o.place.empty() {
		m := &hearsay.Mention{Span: f.span(o.place), Kind: hearsay.ByNoun}
		if !o.placeName.empty() {
			m.Name = f.span(o.placeName).In(f.text)
			h.placeName = m.Name
			if o.placeName.to == o.place.to {
				m.Kind = hearsay.ByName
			}
		}
		h.Place = m
	}
	h.When = f.whenOf(o)
	if day := f.doc.Published; h.When != nil && len(h.When.From) >= 10 && !day.IsZero() && h.When.From[:10] > day.Format(time.DateOnly) {
		h.Planned = true
	}
	if !f.enough(&h) {
		return
	}
	f.merge(h)
}
