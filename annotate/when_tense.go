package annotate

import (
	"strings"

	"hearsay"
)

// direction says whether the words about a time tell of the past or of the future.
type direction uint8

const (
	unclear direction = iota
	past
	future
)

// Of the tokens before an expression, and behind it, no more than these are looked
// at for its tense.
const (
	tenseBack  = 30
	tenseAhead = 15
)

// direction returns the tense of the verb that is nearest before the expression,
// or where there is none behind it, in the same sentence and the same quotation.
func (d *dater) direction(i, end int) direction {
	d.wished = false
	if dir := d.opening(i, end); dir != unclear {
		return dir
	}
	if dir, ok := d.backward(i, false); ok {
		return dir
	}
	for j := end; j < min(d.s.to, end+tenseAhead); j++ {
		if d.ts[j].quote != d.ts[i].quote {
			continue
		}
		if dir := d.tense(j); dir != unclear {
			return dir
		}
	}
	if d.ts[i].quote != 0 { // a few words of a quotation: "would be filed “by Friday”"
		dir, _ := d.backward(i, true)
		return dir
	}
	return unclear
}

// opening returns the tense of the clause that an expression opens: "..., and on Friday ministers will
// vote".
func (d *dater) opening(i, end int) direction {
	for d.is(i-1, boundWord) || d.low(i-1) == "the" {
		i--
	}
	if i <= d.s.from || !d.mark(i-1, ',') && !d.mark(i-1, ';') && !d.mark(i-1, markDash) && d.low(i-1) != "and" {
		return unclear
	}
	if d.mark(end, ',') {
		end++
	}
	for j := end; j < min(d.s.to, end+8) && d.ts[j].kind != punctuation && d.ts[j].quote == d.ts[i].quote; j++ {
		if dir := d.tense(j); dir != unclear {
			return dir
		}
	}
	return unclear
}

// backward looks for the tense before token i. An infinitive counts as what the verb makes of
// it that it hangs on. What is said outside the quotation counts where unquoted is set.
func (d *dater) backward(i int, unquoted bool) (direction, bool) {
	infinitive, aimed := false, d.aims(i)
	for j := i - 1; j >= max(d.s.from, i-tenseBack); j-- {
		t := &d.ts[j]
		if t.quote != d.ts[i].quote && !(unquoted && t.quote == 0) {
			continue
		}
		low := t.low()
		if low == "to" && j+1 < i && d.infinitive(j+1) {
			infinitive = true
			continue
		}
		w := d.sense(j)
		if infinitive && (w.tense == planWord || (low == "is" || low == "are" || low == "was" || low == "were" || low == "be") && d.ts[j+1].low() == "to") {
			return future, true
		}
		if aimed && w.act == aimWord {
			d.wished = true
			return future, true
		}
		switch dir := d.tense(j); {
		case dir == unclear:
			if (low == "have" || low == "has") && d.low(j+1) == "until" {
				return future, true
			}
			if low == "is" || low == "are" {
				return future, j == i-1 || j == i-2 && d.low(i-1) == "on"
			}
			if t.form()&thirdForm != 0 && !t.capital {
				if infinitive {
					return future, true
				}
				return unclear, true
			}
		case dir == past && d.low(j-1) == "be":
			continue // "will be held"
		default:
			return dir, true
		}
	}
	if infinitive {
		return future, true
	}
	return unclear, false
}

// scheduled reports whether the verb nearest before an expression is a present tense that tells of what is to
// come, "She returns to court on Friday", "We leave on Monday", or an imperative: "Come back on Thursday". A heading and a caption tell so
// of what was.
func (d *dater) scheduled(i int) bool {
	if k := d.doc.Blocks[d.block].Kind; k == hearsay.Heading || k == hearsay.Caption {
		return false
	}
	for j := i - 1; j >= max(d.s.from, i-tenseBack/2); j-- {
		t := &d.ts[j]
		if t.kind == punctuation || t.quote != d.ts[i].quote {
			return false
		}
		if t.low() == "back" {
			continue // "nobody goes back on Monday"
		}
		if t.kind != wordToken || !t.is(plainVerb) && d.tense(j) == unclear && len(t.cues()) == 0 || t.is(preposition|adverb) {
			continue
		}
		third := strings.HasSuffix(t.low(), "s")
		switch {
		case j == d.s.from || d.ts[j-1].kind != wordToken:
			return t.is(plainVerb) && !third && d.tense(j) == unclear
		case t.capital:
		case d.tense(j) != unclear, len(t.cues()) > 0, t.lex.noun != nil:
			return false
		case third:
			return d.ts[j-1].is(relative) || !d.ts[j-1].is(determiner|possessive|preposition)
		default:
			return d.ts[j-1].is(personal)
		}
	}
	return false
}

// cues returns the words of saying that a token can be.
func (t *token) cues() []*cueVerb {
	if t.lex == nil {
		return nil
	}
	return t.lex.cues
}

// aims reports whether an expression is the end or the beginning of what somebody wants: "by Friday", "until the
// summer", "from Monday".
func (d *dater) aims(i int) bool {
	for j := i - 1; j >= i-2; j-- {
		if w := d.sense(j); w.kind == boundWord {
			return w.n == 2 && d.low(j) != "since" || w.n == 3 || w.n == 4
		}
		if d.low(j) != "the" {
			return false
		}
	}
	return false
}

// infinitive reports whether the word behind a "to" is a verb, as far as it can be
// told.
func (d *dater) infinitive(i int) bool {
	t := &d.ts[i]
	if t.low() == "march" && !t.capital {
		return true
	}
	if t.kind != wordToken || t.capital || t.is(determiner|possessive|personal|preposition|weekday|month|demonym) && t.form()&baseForm == 0 {
		return false
	}
	return t.form()&baseForm != 0 || t.is(plainVerb|copula|auxiliary) || t.lex == nil || t.lex.class == 0
}

// tense returns what one word tells.
func (d *dater) tense(j int) direction {
	t := &d.ts[j]
	if t.kind != wordToken || t.capital && j != d.s.from {
		return unclear
	}
	w := d.sense(j)
	if prev := d.sense(j - 1); t.low() == "have" && prev.tense == aheadWord {
		if s := d.low(j - 1); s == "will" || s == "shall" || s == "'ll" || s == "’ll" {
			return future
		}
		return past
	}
	if t.low() == "be" && d.low(j-1) != "to" && j > d.s.from && !d.ts[j-1].is(modal) {
		return future // "that the hearing be put off"
	}
	switch w.tense {
	case aheadWord:
		if w.kind == monthName {
			return unclear
		}
		return future
	case goneWord:
		if w.kind == stretchWord && d.low(j) == "earlier" && !d.ends(j+1) {
			return unclear
		}
		return past
	}
	f := t.form()
	switch {
	case f&pastForm != 0 && f&(baseForm|thirdForm) == 0:
		return past
	case t.lex == nil || f == 0 && t.lex.class == 0:
		if s := d.raw(j); len(s) > 4 && strings.HasSuffix(s, "ed") {
			return past
		}
	case f == 0 && t.is(plainVerb) && strings.HasSuffix(t.low(), "ed"):
		return past
	}
	return unclear
}
