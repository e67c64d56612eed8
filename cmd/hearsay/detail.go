package main

import (
	"strconv"
	"strings"

	"hearsay"
)

// details prints what the report says of a statement beyond its row of the
// table, each kind on a line: to whom, when, where; who said the same; the
// numbers; the checks.
func (p *page) details(s hearsay.Statement, numbers map[string]int, indent string) {
	for _, line := range []string{p.saying(s, numbers), p.quantities(s.Numbers), p.checks(s.Checks)} {
		if line != "" {
			p.flow([]words{{faint, line}}, indent, indent+"  ")
		}
	}
}

// saying is to whom, through what, where and when a statement was said, who
// said the same, and which statement it answers.
func (p *page) saying(s hearsay.Statement, numbers map[string]int) string {
	var parts []string
	if s.Addressee != nil {
		parts = append(parts, "to "+p.who(s.Addressee))
	}
	if s.Medium != nil && (s.Addressee == nil || s.Medium.Span != s.Addressee.Span) {
		parts = append(parts, p.led(s.Medium, "in"))
	}
	if s.Place != nil {
		parts = append(parts, p.led(s.Place, "at"))
	}
	if s.When != nil {
		parts = append(parts, p.moment(s.When))
	}
	for i := range s.Also {
		also := "also " + p.who(&s.Also[i].Mention)
		if when := s.Also[i].When; when != nil {
			also += ", " + p.moment(when)
		}
		parts = append(parts, also)
	}
	if n := numbers[s.Answers]; s.Answers != "" && n > 0 {
		parts = append(parts, "answers "+strconv.Itoa(n))
	}
	return joined(parts)
}

// who is the name of a mention or, where it has none, the words of the report.
func (p *page) who(m *hearsay.Mention) string {
	if m.Name != "" {
		return oneLine(m.Name)
	}
	return oneLine(m.In(p.doc.Text))
}

// leading are the small words that a medium or a place may stand behind.
var leading = map[string]bool{"in": true, "at": true, "on": true, "outside": true, "near": true, "from": true, "inside": true, "to": true, "via": true, "through": true, "during": true, "before": true}

// led is a medium or a place with the word that leads to it: the report's own, or the
// usual one where it has none.
func (p *page) led(m *hearsay.Mention, usual string) string {
	first, _, _ := strings.Cut(m.In(p.doc.Text), " ")
	if leading[strings.ToLower(first)] && m.Name == "" {
		return p.who(m)
	}
	before := strings.TrimRight(p.doc.Text[max(0, m.Start-20):m.Start], " ")
	for _, article := range []string{" the", " a", " an"} {
		before = strings.TrimSuffix(before, article)
	}
	if word := strings.ToLower(before[strings.LastIndexAny(before, " \n")+1:]); leading[word] && word != "to" {
		usual = word
	}
	return usual + " " + p.who(m)
}

// moment is the words of the report and the days that they mean.
func (p *page) moment(m *hearsay.Moment) string {
	text := oneLine(m.In(p.doc.Text))
	switch {
	case m.From == "" && m.To == "", text == m.From:
		return text
	case m.From == m.To:
		return text + " (" + m.From + ")"
	case m.From == "":
		return text + " (to " + m.To + ")"
	case m.To == "":
		return text + " (from " + m.From + ")"
	}
	return text + " (" + m.From + " to " + m.To + ")"
}

// quantities are the words of the numbers, with whose they are and what
// happened to them.
func (p *page) quantities(all []hearsay.Quantity) string {
	var parts []string
	for i := range all {
		q := &all[i]
		var more []string
		if q.Holder != nil {
			more = append(more, p.who(q.Holder))
		}
		if q.Did != "" {
			more = append(more, q.Did)
		}
		text := oneLine(q.In(p.doc.Text))
		if len(more) > 0 {
			text += " (" + strings.Join(more, ", ") + ")"
		}
		parts = append(parts, text)
	}
	if len(parts) == 0 {
		return ""
	}
	return "numbers: " + joined(parts)
}

func (p *page) checks(all []hearsay.Check) string {
	var parts []string
	for i := range all {
		k := &all[i]
		text := spaced(k.Finding)
		if k.By != nil {
			text += ", by " + p.who(k.By)
		}
		parts = append(parts, text+": "+oneLine(beginning(k.In(p.doc.Text), 2*mostColumns)))
	}
	return joined(parts)
}

// happenings lists the events that the report tells of.
func (p *page) happenings() {
	if len(p.events) == 0 {
		return
	}
	p.newline()
	p.line(bold, "Events")
	for i := range p.events {
		e := &p.events[i]
		var who []string
		for k := range e.Participants {
			who = append(who, p.who(&e.Participants[k]))
		}
		parts := []string{string(e.Kind), listed(who)}
		if e.Place != nil {
			parts = append(parts, p.who(e.Place))
		}
		if e.When != nil {
			parts = append(parts, p.moment(e.When))
		}
		if e.Planned {
			parts = append(parts, "planned")
		}
		p.flow([]words{{faint, joined(parts)}}, "", "  ")
	}
}
