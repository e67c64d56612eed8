package ledger

import (
	"strings"
	"unicode"

	"hearsay"
	"hearsay/compare"
)

// Where two claims tell whose the quantity is, or of what, they are of the same
// one. Two that tell only what happened may be of two floods: they are compared
// if their reports are about the same matter, which is that they have a proper
// name in common, or both have all the words that were asked for.

// sameMatter reports whether two claims of a tally are about the same matter, as
// far as one can tell.
func sameMatter(a, b *Claim) bool {
	x, y := &a.Number, &b.Number
	if x.Holder != "" && y.Holder != "" || x.Of != "" && y.Of != "" || a.Report.ID == b.Report.ID {
		return true
	}
	for name := range a.matter {
		if b.matter[name] {
			return true
		}
	}
	return false
}

// matterOf returns the proper names in the title of a report and in the content
// of a statement: words with a capital that do not begin a sentence. A title in
// which most words have one tells nothing.
func matterOf(r *hearsay.Record) map[string]bool {
	names := map[string]bool{}
	if title := strings.Fields(r.Report.Title); 2*capitals(title) < len(title) {
		addProper(names, r.Report.Title)
	}
	for _, piece := range r.Content {
		words, _, _ := r.Words(piece)
		addProper(names, words)
	}
	return names
}

func capitals(words []string) (n int) {
	for _, w := range words {
		if strings.IndexFunc(w, unicode.IsUpper) >= 0 {
			n++
		}
	}
	return n
}

// addProper adds the proper names of a text.
func addProper(names map[string]bool, text string) {
	begins := true
	for word := range strings.FieldsSeq(text) {
		bare := strings.TrimFunc(word, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
		first, _, _ := strings.Cut(bare, "’")
		first, _, _ = strings.Cut(first, "'")
		if !begins && len(first) > 3 && unicode.IsUpper([]rune(first)[0]) && !calendar[strings.ToLower(first)] {
			names[fold(first)] = true
		}
		end := strings.TrimRight(word, "\"'”’)")
		begins = bare == "" || end != strings.TrimRight(end, ".?!:")
	}
}

var calendar = map[string]bool{
	"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true,
	"january": true, "february": true, "march": true, "april": true, "june": true, "july": true, "august": true, "september": true,
	"october": true, "november": true, "december": true,
}

// telling reports whether one of the words asked for tells of what matter a
// number is: it is no unit, and not what happens everywhere.
func (g *inquiry) telling(c *compare.Claim) bool {
	for _, p := range g.asked {
		unit := false
		for _, k := range p.units() {
			unit = unit || k == unitKey(c.Unit)
		}
		if !unit && !everywhere[strings.Join(p.words, " ")] {
			return true
		}
	}
	return false
}

var everywhere = map[string]bool{
	"dead": true, "death": true, "deaths": true, "die": true, "died": true, "dying": true, "killed": true, "kill": true, "toll": true, "casualties": true,
	"people": true, "persons": true, "victims": true, "injured": true, "wounded": true, "missing": true, "lost": true, "lose": true, "losses": true,
	"men": true, "women": true, "children": true, "civilians": true, "soldiers": true, "number": true, "numbers": true, "percent": true,
}
