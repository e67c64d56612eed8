package annotate

import (
	"slices"
	"strings"

	"hearsay"
)

// participants resolves those whom a phrase names, each for himself where it is a
// list.
func (f *eventFinder) participants(w words) []hearsay.Mention {
	var out []hearsay.Mention
	from := w.from
	lists := f.andWithin(w) && !f.officeAndName(w)
	for i := w.from; i <= w.to && lists; i++ {
		if i < w.to && !f.comma(i, w.to) && f.ts[i].low() != "and" {
			continue
		}
		if p := (words{from, i}); !p.empty() {
			if !f.canHear(p) {
				lists = false
				break
			}
			out = append(out, f.participant(p))
		}
		from = i + 1
	}
	if lists {
		return out
	}
	return []hearsay.Mention{f.participant(w)}
}

// participant resolves one phrase.
func (f *eventFinder) participant(w words) hearsay.Mention {
	if w.to-w.from == 1 && f.ts[w.from].is(personal|possessive|third) && !f.ts[w.from].is(role|group) {
		return f.pronounAt(w)
	}
	if p := f.speakerAt(w); p != nil {
		return *p
	}
	m := f.listener(w, f.r)
	if name := f.outletCalled(w); name != "" {
		m.Kind, m.Name, m.Why = hearsay.ByOrganisation, name, ""
	}
	return *m
}

// speakerAt returns the speaker that the report's statements give a phrase.
func (f *eventFinder) speakerAt(w words) *hearsay.Mention {
	j, _ := slices.BinarySearchFunc(f.parts, w.from, func(p attribution, i int) int { return p.anchor().from - i })
	for n := max(0, j-2); n < len(f.parts) && n <= j+2; n++ {
		if f.parts[n].speaker == w && f.ss[n].Speaker != nil {
			m := *f.ss[n].Speaker
			return &m
		}
	}
	return nil
}

// pronounAt resolves a pronoun: I, my and we by who speaks the content that it
// stands in; he, she, his, her by the statement that has it for its speaker, as any
// mention, or by the speaker of the content.
func (f *eventFinder) pronounAt(w words) hearsay.Mention {
	m := hearsay.Mention{Span: f.span(w), Kind: hearsay.ByPronoun, Why: hearsay.WhyAmbiguous}
	low := f.ts[w.from].low()
	host := f.speakerOver(w.from)
	set := func(name, role string) hearsay.Mention {
		m.Name, m.Role, m.Why = name, role, ""
		return m
	}
	if firstPerson(&f.ts[w.from]) {
		if host != nil && host.Name != "" {
			return set(host.Name, host.Role)
		}
		return m
	}
	if low != "he" && low != "his" && low != "him" && low != "she" && low != "her" {
		return m
	}
	if p := f.speakerAt(w); p != nil {
		return *p
	}
	if got, _ := f.r.mention(w, false); got.Name != "" {
		return *got
	}
	if host != nil && host.Name != "" {
		if p := f.r.people.byName[strings.ToLower(host.Name)]; p == nil || p.sex == 0 || p.sex == sexOf(low) {
			return set(host.Name, host.Role)
		}
	}
	return m
}

// speakerOver returns the speaker of the statement whose content holds token i,
// of the innermost one that is near.
func (f *eventFinder) speakerOver(i int) *hearsay.Mention {
	const near = 6
	j, _ := slices.BinarySearchFunc(f.parts, i, func(p attribution, i int) int { return p.anchor().from - i })
	var best *hearsay.Mention
	least := len(f.ts) + 1
	for n := max(0, j-near); n < len(f.parts) && n <= j+near; n++ {
		c := holding(f.parts[n].content, i)
		if c.from <= i && i < c.to && c.to-c.from < least {
			best, least = f.ss[n].Speaker, c.to-c.from
		}
	}
	return best
}

// enough reports whether so much is told of an event that it is one.
func (f *eventFinder) enough(h *happening) bool {
	switch h.Kind {
	case hearsay.Summit:
		return h.Place != nil || len(h.Participants) > 0
	case hearsay.Visit:
		if h.When != nil && h.Place != nil && len(h.Participants) > 0 && h.Participants[0].Kind != hearsay.ByPronoun {
			return true
		}
		return len(h.Participants) > 0 && (h.Place != nil || len(h.Participants) > 1) && (len(h.names) > 0 || h.placeName != "" && len(h.Participants) > 0 && h.Participants[0].Kind != hearsay.ByPronoun)
	case hearsay.Meeting:
		if h.called && (h.Place != nil || h.When != nil) {
			return len(h.Participants) > 0 && (h.Participants[0].Kind != hearsay.ByPronoun || h.Participants[0].Name != "")
		}
		if h.partly {
			return len(h.names) > 0 && h.placeName != ""
		}
		if len(h.Participants) == 1 {
			return h.Participants[0].Kind != hearsay.ByPronoun
		}
		if h.Planned && len(h.Participants) > 1 {
			return true
		}
	}
	return len(h.Participants) > 1 && len(h.names) > 0
}

// merge puts an event to the one told of before that is the same, or keeps it as
// another.
func (f *eventFinder) merge(h happening) {
	const most = 48 // events that one is compared with, and names in one
	for i := len(f.found) - 1; i >= 0 && i >= len(f.found)-most; i-- {
		g := &f.found[i]
		if !g.same(&h) {
			continue
		}
		for k, m := range h.Participants {
			if m.Name != "" && len(g.names) < most && !slices.Contains(g.names, m.Name) {
				g.names = append(g.names, m.Name)
				g.Participants = append(g.Participants, h.Participants[k])
			}
		}
		if g.Place == nil {
			g.Place, g.placeName = h.Place, h.placeName
		}
		if g.When == nil {
			g.When = h.When
		}
		g.Planned = g.Planned || h.Planned
		g.partly = g.partly && h.partly
		return
	}
	f.found = append(f.found, h)
}

// same reports whether two events are one: of a kind, in no two places, at no two
// times, and with those who take part in common.
func (h *happening) same(o *happening) bool {
	if h.Kind != o.Kind || h.placeName != "" && o.placeName != "" && h.placeName != o.placeName {
		return false
	}
	if h.When != nil && o.When != nil && (h.When.From > o.When.To || o.When.From > h.When.To) {
		return false
	}
	here := h.placeName != "" && h.placeName == o.placeName
	if h.Kind == hearsay.Summit {
		return here || h.shared(o) > 0
	}
	if h.Planned != o.Planned || (h.apart || o.apart) && !here {
		return false
	}
	n := h.shared(o)
	least := min(len(h.names), len(o.names))
	switch {
	case n == 0:
		return false
	case h.Kind == hearsay.Visit:
		return here
	case h.partly || o.partly:
		return here
	}
	return n >= min(2, least) && (least >= 2 || len(h.Participants) == len(o.Participants))
}

// shared counts the names that two events have in common.
func (h *happening) shared(o *happening) int {
	n := 0
	for _, name := range o.names {
		if slices.Contains(h.names, name) {
			n++
		}
	}
	return n
}
