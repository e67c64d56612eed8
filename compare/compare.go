// Package compare says whether two statements of two reports are the same, and
// what changed from one to the other; whether two mentions name the same
// person; and whether two numbers contradict one another. It is pure. Which
// pairs to ask for, a store finds by [Keys] and [QuantityKeys].
//
// The words of two statements are tied to one another in order, then wherever
// they stand, then by the vectors of words. How much of each the other has, and how
// near their means lie, says whether they are variants. Vectors put rise and fall
// together: what changed is told by numbers and what they count, by readings of the
// clock and the thermometer, by what negations turn, by lists of contraries and of
// words that rule one another out, and by what both have in quotation marks, wherever
// it stands.
package compare

import "hearsay"

// Relation says what one statement is to another.
type Relation string

// The relations. All but Different make variants of the two.
const (
	Different Relation = "different"
	Same      Relation = "same"     // the same words, but for case, punctuation, spelling and contractions
	Trimmed   Relation = "trimmed"  // one is part of the other, and nothing changed
	Reworded  Relation = "reworded" // the same in other words
	Altered   Relation = "altered"  // with a change that a reader would want to see
)

// A Verdict is what comparing two statements came to.
type Verdict struct {
	Relation Relation
	Sure     bool    // false: suggested, for somebody to look at
	Likeness float64 // how likely they are variants of one statement, 0 to 1
	Changes  []Change
	// Edits turn the text of the first into that of the second, word by word:
	// the ranges of each follow one another without a gap.
	Edits []Edit
}

// ChangeKind says what a change is about.
type ChangeKind string

// The kinds of change.
const (
	NumberChanged   ChangeKind = "number"       // another number, unit, day or month
	NegationChanged ChangeKind = "negation"     // gained or lost
	OppositeChanged ChangeKind = "opposite"     // rose for fell
	ModalityChanged ChangeKind = "modality"     // may for will, some for all, a condition lost
	QuotedWords     ChangeKind = "quoted_words" // words inside quotation marks
	SpeakerChanged  ChangeKind = "speaker"
	Joined          ChangeKind = "joined"   // two quotations, or what stood apart in one, made one without a mark
	MadeIndirect    ChangeKind = "indirect" // told indirectly, and in another sense
)

// A Change is one thing that a reader would want to see. A or B is empty
// where it has no words for it.
type Change struct {
	Kind ChangeKind
	A, B hearsay.Span // of the texts of the two
}

// EditKind says what happened to words.
type EditKind string

// The kinds of edit.
const (
	Kept     EditKind = "kept"     // but for case and spelling
	Cut      EditKind = "cut"      // only in the first
	PutIn    EditKind = "put_in"   // only in the second
	Replaced EditKind = "replaced" // others in the second
)

// An Edit is a range of both texts. One of them is empty for words cut or put in.
type Edit struct {
	Kind EditKind
	A, B hearsay.Span
}

// Wording compares two statements.
func Wording(a, b Said) Verdict {
	if len(a.words) == 0 || len(b.words) == 0 {
		return wordless(&a, &b)
	}
	x := align(&a, &b)
	regions := x.regions()
	v := Verdict{Relation: Different, Edits: x.edits(), Changes: x.changes(regions)}
	e := x.weigh(regions, v.Changes)
	v.Likeness = e.likeness()
	variant, sure := e.variant(v.Likeness)
	v.Sure = sure
	switch {
	case !variant:
		v.Changes = nil
	case len(v.Changes) > 0:
		v.Relation = Altered
	case e.same:
		v.Relation = Same
	case e.part:
		v.Relation = Trimmed
	default:
		v.Relation = Reworded
	}
	return v
}

// wordless compares statements one of which has no words.
func wordless(a, b *Said) Verdict {
	v := Verdict{Relation: Different, Edits: []Edit{{Replaced, hearsay.Span{End: len(a.Text)}, hearsay.Span{End: len(b.Text)}}}}
	if a.Text == b.Text {
		v.Relation, v.Edits[0].Kind = Same, Kept
	}
	return v
}

// edits draws the alignment.
func (x *alignment) edits() []Edit {
	var out []Edit
	i, j, n, m := 0, 0, len(x.a.words), len(x.b.words)
	for i < n || j < m {
		i0, j0 := i, j
		kind := Kept
		for i < n && j < m && int(x.to[i]) == j && !x.swapped(i) {
			i++
			j++
		}
		if i == i0 {
			for i < n && j < m && int(x.to[i]) == j && x.swapped(i) {
				i++
				j++
			}
			if i == i0 {
				for i < n && x.to[i] < 0 {
					i++
				}
				for j < m && x.from[j] < 0 {
					j++
				}
			}
			kind = Replaced
			switch {
			case i == i0:
				kind = PutIn
			case j == j0:
				kind = Cut
			}
		}
		if last := len(out) - 1; kind == Replaced && last >= 0 && out[last].Kind != Kept {
			out[last] = Edit{Replaced, hearsay.Span{Start: out[last].A.Start, End: x.a.edge(i)}, hearsay.Span{Start: out[last].B.Start, End: x.b.edge(j)}}
			continue
		}
		out = append(out, Edit{kind, hearsay.Span{Start: x.a.edge(i0), End: x.a.edge(i)}, hearsay.Span{Start: x.b.edge(j0), End: x.b.edge(j)}})
	}
	return out
}

// swapped reports whether a word of a was tied to another form or another word.
func (x *alignment) swapped(i int) bool {
	return x.a.words[i].form != x.b.words[x.to[i]].form
}

// edge returns where the i-th word begins, with what stands before the first
// word, and after the last one the end of the text.
func (s *Said) edge(i int) int {
	switch {
	case i == 0:
		return 0
	case i >= len(s.words):
		return len(s.Text)
	}
	return s.words[i].Start
}
