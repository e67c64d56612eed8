package annotate

import (
	"strings"

	"hearsay"
)

// A telling carries the addressee and the medium of one act of speaking over to
// the further statements that belong to it.
type telling struct {
	*analysis
	r     *resolver
	ss    []hearsay.Statement
	parts []attribution
	at    int  // the statement that names addressee or medium; -1 for none
	last  int  // the last statement of the telling
	far   bool // the last one was told in a paragraph behind that of the first
}

// next takes statement i into the telling that goes on, begins another with it,
// or ends the one there is.
func (t *telling) next(i int) {
	s := &t.ss[i]
	if s.Addressee != nil || s.Medium != nil {
		t.at, t.last, t.far = i, i, false
		return
	}
	if t.opened(i) || t.at < 0 {
		return
	}
	here, there := t.sentenceOf(t.parts[i].anchor().from), t.sentenceOf(t.parts[t.last].anchor().from)
	if !t.sameSpeaker(t.last, i) {
		if here != there || t.last != t.at {
			t.at = -1 // but "spoke to CNN as officials said ..." goes on
		}
		return
	}
	if s.Mode != hearsay.Speech && s.Mode != hearsay.Writing || t.ss[i].Negated {
		return
	}
	t.carry(i, here, there)
}

// opened gives statement i, whose speaker is a pronoun, the addressee and the
// medium of the sentence before it where that tells of speaking and is no
// statement: "Ott spoke to Radio Kestrel about the flood. She said ...".
func (t *telling) opened(i int) bool {
	s := &t.ss[i]
	if !t.pronoun(i) || s.Speaker == nil || s.Speaker.Name == "" || s.Addressee != nil {
		return false
	}
	here := t.sentenceOf(t.parts[i].anchor().from)
	if here.from == 0 {
		return false
	}
	there := t.sentenceOf(here.from - 1)
	if here.block-there.block > 1 || i > 0 && t.parts[i-1].anchor().from >= there.from {
		return false
	}
	for k := there.from + 1; k < there.to; k++ {
		if t.scene(k)&speakVerb == 0 || t.ts[k].capital || !t.outside(k) {
			continue
		}
		w := t.phraseBefore(t.beforeTime(k, there.from), there.from)
		if w.empty() {
			return false
		}
		if m, _ := t.r.mention(w, false); m.Name != s.Speaker.Name {
			return false
		}
		c := circumstance{to: true}
		t.behind(k+1, there.to, 0, &c)
		if !c.addressee.empty() {
			t.fill(s, &attribution{}, &c, t.r)
			t.at, t.last, t.far = i, i, false
			return true
		}
		return false
	}
	return false
}

// carry gives statement i what the telling has, as far as it is the same act.
func (t *telling) carry(i int, here, there sentence) {
	open := &t.ss[t.at]
	opener := t.lex.scenes[open.Cue.Lemma]&opening != 0 && t.last == t.at
	lasting := open.Medium != nil && (t.lasts(open.Medium) || opener)
	plain := open.Cue.Lemma == "tell" || t.lex.scenes[open.Cue.Lemma]&(toward|opening) != 0
	goesOn, next := t.goesOn(i), t.adjacent(there, here)
	switch {
	case here == there:
		if plain || open.Medium != nil && open.Addressee == nil {
			t.give(i, true)
		}
	case !next && !(here.block == there.block && lasting):
		t.at = -1
	case opener:
		t.give(i, true)
	case here.block == there.block && t.far:
		if lasting {
			t.give(i, goesOn)
		}
	case here.block == there.block && (goesOn || t.pronoun(i) && next && (plain || lasting) && t.spoken(i)):
		t.give(i, true)
	case here.block != there.block && goesOn && lasting:
		t.give(i, true)
		t.far = true
	default:
		t.at = -1
	}
}

// lasts reports whether a medium is an occasion that goes on.
func (t *telling) lasts(m *hearsay.Mention) bool {
	w, ok := t.place(m.Span)
	return ok && t.scene(w.to-1)&occasion != 0
}

// goesOn reports whether a statement says that it goes on: "added", "also said",
// or it is a quotation that no words report.
func (t *telling) goesOn(i int) bool {
	if t.parts[i].rule == "quotation-follows" || t.parts[i].rule == "quotation-alone" {
		return true
	}
	if t.lex.scenes[t.ss[i].Cue.Lemma]&adding != 0 {
		return true
	}
	c := t.parts[i].cue
	for k := max(0, c.from-1); k < c.to; k++ {
		if t.ts[k].low() == "also" {
			return true
		}
	}
	return false
}

// spoken reports whether the cue of a statement tells of speaking and nothing
// else: "said", not "ruled out", which may have been done at any time.
func (t *telling) spoken(i int) bool {
	lemma, cue := t.ss[i].Cue.Lemma, t.parts[i].cue
	if cue.to-cue.from > 1 && t.ts[cue.from].is(copula|auxiliary) && t.ingAt(cue.to-1) {
		return false // "is insisting"
	}
	return lemma == "" || lemma == "tell" || t.lex.scenes[lemma]&(toward|adding|opening) != 0
}

// adjacent reports whether a sentence follows another, with at most one between
// them that is no statement's, in the same paragraph or the next.
func (t *telling) adjacent(a, b sentence) bool {
	const most = 40 // tokens between them
	return b.from >= a.to && b.from-a.to <= most && b.block-a.block <= 1
}

func (t *telling) pronoun(i int) bool {
	s := t.ss[i].Speaker
	return s != nil && s.Kind == hearsay.ByPronoun || t.parts[i].implied
}

// sameSpeaker reports whether two statements have the same speaker.
func (t *telling) sameSpeaker(i, k int) bool {
	x, y := t.ss[i].Speaker, t.ss[k].Speaker
	switch {
	case x == nil || y == nil:
		return false
	case x.Name != "" || y.Name != "":
		return x.Name == y.Name
	case x.Span == y.Span:
		return true
	}
	return y.Kind == hearsay.ByPronoun && x.Why == y.Why && t.parts[k].anchor().from-t.parts[i].anchor().to < 80
}

// give copies medium and place, and the addressee where all is set, to
// statement i.
func (t *telling) give(i int, all bool) {
	open, s := &t.ss[t.at], &t.ss[i]
	if all && open.Addressee != nil {
		m := *open.Addressee
		s.Addressee = &m
		s.Because = append(s.Because, hearsay.Reason{Rule: "addressee-continued", Span: m.Span})
	}
	if open.Medium != nil {
		m := *open.Medium
		s.Medium = &m
		s.Because = append(s.Because, hearsay.Reason{Rule: "medium-continued", Span: m.Span})
	}
	if all && s.Place == nil && open.Place != nil && !t.far {
		m := *open.Place
		s.Place = &m
		s.Because = append(s.Because, hearsay.Reason{Rule: "place-continued", Span: m.Span})
	}
	t.last = i
}

// fill makes mentions of what was found about a cue.
func (a *analysis) fill(s *hearsay.Statement, at *attribution, c *circumstance, r *resolver) {
	if c.addressee.empty() {
		s.Addressee = nil
	} else {
		at.addressee = c.addressee
		if s.Addressee == nil || s.Addressee.Span != a.span(c.addressee) {
			s.Addressee = a.listener(c.addressee, r)
		}
		a.otherThanSpeaker(s)
		s.Because = append(s.Because, hearsay.Reason{Rule: c.rule, Span: s.Addressee.Span})
		a.toldOutlet(s, c)
	}
	if !c.medium.empty() {
		s.Medium = &hearsay.Mention{Span: a.span(c.medium), Kind: hearsay.ByNoun}
		if !c.outlet.empty() {
			if s.Medium.Name = a.outletCalled(c.outlet); s.Medium.Name == "" {
				s.Medium.Name = a.withoutArticle(c.outlet)
			}
		}
		if strings.HasSuffix(s.Medium.In(a.text), "X.") {
			s.Medium.End-- // the end of the sentence
			s.Medium.Name = strings.TrimSuffix(s.Medium.Name, ".")
		}
		if a.ts[c.medium.to-1].capital && c.outlet.to >= c.medium.to {
			s.Medium.Kind = hearsay.ByOrganisation
		}
		s.Because = append(s.Because, hearsay.Reason{Rule: "medium-phrase", Span: s.Medium.Span})
	}
	if !c.place.empty() {
		s.Place = &hearsay.Mention{Span: a.span(c.place), Kind: hearsay.ByNoun}
		if !c.placeName.empty() {
			s.Place.Name = a.span(c.placeName).In(a.text)
			if a.ts[c.place.to-1].capital && c.placeName.to == c.place.to {
				s.Place.Kind = hearsay.ByName
			}
		}
		s.Because = append(s.Because, hearsay.Reason{Rule: "place-phrase", Span: s.Place.Span})
	}
}

// toldOutlet takes a newspaper or broadcaster that was told, and a news
// conference, for the medium, too.
func (a *analysis) toldOutlet(s *hearsay.Statement, c *circumstance) {
	outlet, ok := a.outlet(c.addressee)
	person := s.Addressee.Kind == hearsay.ByName && s.Addressee.Name != "" && !a.pressName(c.addressee) && a.namesPerson(c.addressee)
	if name := a.outletCalled(c.addressee); name != "" && s.Addressee.Kind != hearsay.ByPronoun && !person {
		s.Addressee.Kind, s.Addressee.Name, s.Addressee.Why = hearsay.ByOrganisation, name, ""
	}
	if !c.medium.empty() {
		if c.outlet.empty() {
			c.outlet = outlet
		}
		return
	}
	if !ok && (a.scene(c.addressee.to-1)&session == 0 || a.ts[c.addressee.to-1].is(organisation|hearing)) {
		return
	}
	m := *s.Addressee
	if m.Why = ""; person {
		m = hearsay.Mention{Span: a.span(outlet), Kind: hearsay.ByOrganisation, Name: a.outletCalled(c.addressee)}
	}
	s.Medium = &m
	s.Because = append(s.Because, hearsay.Reason{Rule: "medium-told", Span: m.Span})
}

// listener resolves those who were told. Whom a pronoun means is left open: the
// one spoken to is as a rule not the one who spoke last.
func (a *analysis) listener(w words, r *resolver) *hearsay.Mention {
	if w.to-w.from == 1 && a.ts[w.from].is(personal|possessive) {
		return &hearsay.Mention{Span: a.span(w), Kind: hearsay.ByPronoun, Why: hearsay.WhyAmbiguous}
	}
	m, _ := r.mention(w, false)
	if h := &a.ts[a.head(w)]; m.Kind == hearsay.ByNoun && m.Name != "" && !h.capital && !h.is(role|unnamed|demonym) && !a.personal(a.head(w)) && !a.capitalWithin(w) {
		m.Name, m.Role, m.Why = "", "", hearsay.WhyUnnamed // "the inquest" and "the shop" are nobody who was named
	}
	if _, outlet := a.outlet(w); m.Kind == hearsay.ByOrganisation && indefiniteArticle(a.ts[w.from].low()) && !outlet {
		m.Name, m.Why = "", hearsay.WhyNotInReport // "a Senate panel" is not the Senate
	}
	return m
}

// otherThanSpeaker takes back the name of a pronoun that would have somebody
// speak to himself.
func (a *analysis) otherThanSpeaker(s *hearsay.Statement) {
	m := s.Addressee
	if m.Kind == hearsay.ByPronoun && s.Speaker != nil && m.Name != "" && m.Name == s.Speaker.Name {
		m.Name, m.Role, m.Why = "", "", hearsay.WhyAmbiguous
	}
}

// addressedFirst gives "me" in a statement within another the name of the one who
// speaks in that.
func (a *analysis) addressedFirst(ss []hearsay.Statement, parts []attribution, i int) {
	m := ss[i].Addressee
	if m == nil || m.Kind != hearsay.ByPronoun || !parts[i].inner || !firstPerson(&a.ts[parts[i].addressee.from]) || a.ts[parts[i].addressee.from].low() == "us" {
		return
	}
	if h := a.host(parts, i); h >= 0 && ss[h].Speaker != nil {
		m.Name, m.Role, m.Why = ss[h].Speaker.Name, ss[h].Speaker.Role, ss[h].Speaker.Why
	}
}

// namesPerson reports whether a phrase ends in a person's name behind that of an outlet:
// "CNN's Ann Ott", "Radio Kestrel host Ann Ott".
func (a *analysis) namesPerson(w words) bool {
	i := w.to - 1
	for i > w.from && a.ts[i-1].capital && !a.possessiveMark(i) && !a.ts[i-1].is(title|role) {
		i--
	}
	return i > w.from && w.to-i > 1 && a.givenAt(i)
}
