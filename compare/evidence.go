package compare

import "math"

// evidence is what speaks for and against two statements being variants.
type evidence struct {
	shared    float64 // bits that both have
	contained float64 // their part of the smaller statement
	dice      float64 // and of both together
	less      float64 // bits of the smaller statement
	tie       Tie     // of the speakers
	same      bool    // word for word
	part      bool    // one is part of the other, word for word
	days      int     // between them; -1 where unknown
	swapped   bool    // a name stands where the other has another
	turned    bool    // a negation or an opposite
	number    bool    // another number
	meaning   meaning
}

// weigh returns the evidence of an alignment.
func (x *alignment) weigh(regions []region, changes []Change) evidence {
	wa, wb := float64(x.a.weight), float64(x.b.weight)
	e := evidence{shared: x.shared(), less: min(wa, wb), days: -1, tie: x.speakers.Tie}
	e.contained = e.shared / max(0.01, e.less)
	e.dice = 2 * e.shared / max(0.01, wa+wb)
	if days, ok := apart(x.a, x.b); ok {
		e.days = days
	}
	wholeA, wholeB := x.whole()
	e.same = wholeA && wholeB
	e.part = wholeA != wholeB
	e.meaning = x.meaning()
	e.swapped = x.nameSwapped(regions)
	guessed := x.guessed
	for _, c := range changes {
		switch c.Kind {
		case NumberChanged:
			guessed--
			e.number = e.number || guessed < 0
		case NegationChanged, OppositeChanged:
			e.turned = true
		}
	}
	return e
}

// whole reports for each statement whether the other has all its words, in
// order and in the same form, but for those that count for nothing.
func (x *alignment) whole() (a, b bool) {
	a, b = true, true
	for i := range x.a.words {
		if j := x.to[i]; j >= 0 && x.a.words[i].form == x.b.words[j].form {
			continue
		} else if j >= 0 && x.sameFigure(i, int(j)) {
			continue
		}
		if !x.a.idle(i) {
			a = false
			break
		}
	}
	for j := range x.b.words {
		if i := x.from[j]; i >= 0 && (x.a.words[i].form == x.b.words[j].form || x.sameFigure(int(i), j)) {
			continue
		}
		if !x.b.idle(j) {
			b = false
			break
		}
	}
	return a, b
}

// sameFigure reports whether two words are the same number, written in other ways.
func (x *alignment) sameFigure(i, j int) bool {
	return x.a.words[i].class&x.b.words[j].class&number != 0 && x.a.words[i].value == x.b.words[j].value &&
		(x.a.words[i].unit.name == x.b.words[j].unit.name || x.a.words[i].unit.name == "" || x.b.words[j].unit.name == "")
}

// idle reports whether a word counts for nothing: fillers, and "that" at the
// head of what is told indirectly.
func (s *Said) idle(i int) bool {
	w := &s.words[i]
	return w.silent || w.class&filler != 0 || i == 0 && w.quote == 0 && w.class&particle != 0
}

// How many features there are of the evidence, and their weights. The weights
// are fitted by TestWeights and train/trainer/evidence.py.
const features = 8

var weights = [features]float64{
	-3.11, 4.58, 1.70, 1.69, -0.20, 1.12, -0.14, 3.94,
}

// features returns the evidence as numbers, in the order of the weights.
func (e *evidence) features() [features]float64 {
	yes := func(b bool) float64 {
		if b {
			return 1
		}
		return 0
	}
	return [features]float64{1, e.meaning.both, e.meaning.mean, yes(e.number), yes(e.swapped), e.meaning.rest, e.meaning.open / 10, e.meaning.least}
}

// likeness says how likely two statements are variants of one.
func (e *evidence) likeness() float64 {
	z := 0.0
	for i, f := range e.features() {
		z += weights[i] * f
	}
	return 1 / (1 + math.Exp(-z))
}

// Above the first threshold two statements are suggested to be variants, above
// the second they are.
const (
	suggested = 0.32
	confirmed = 0.85
)

// Statements of fewer bits are short: anybody may have said them again.
const shortBits = 17

// variant decides whether the statements are variants.
func (e *evidence) variant(likeness float64) (is, sure bool) {
	switch whole := e.same || e.part; {
	case e.less < shortBits:
		return e.shortVariant(likeness)
	case e.tie == NotTied:
		// Many say that their thoughts are with the families.
		return e.shared >= rareBits && e.contained > 0.8, false
	case e.days > farDays:
		return e.shared >= rareBits && (whole || e.contained > 0.9) && !e.number, false
	case whole && !e.swapped:
		return true, likeness >= confirmed
	}
	return likeness >= suggested, likeness >= confirmed || likeness < 1-confirmed
}

const (
	rareBits = 65 // of words that nobody says by chance
	farDays  = 4  // so many days later it is said anew, or is news
)

// shortVariant decides on short statements: words alone never do.
func (e *evidence) shortVariant(likeness float64) (is, sure bool) {
	near := e.days >= 0 && e.days <= 2
	switch {
	case e.tie == NotTied, e.days > farDays:
		return false, false
	case e.same:
		return true, e.tie == Tied && near
	case e.part || likeness >= confirmed:
		return true, false
	}
	return likeness >= suggested && near, false
}
