package compare

import (
	"fmt"
	"strings"
)

// A choice is the place of a word among those that rule one another out.
type choice struct {
	set   uint16 // from 1; 0 for none
	of    uint16 // the same for words that stand for one another
	alone bool   // it counts wherever it stands
}

func (t *lexicon) exclusiveLine(line string) error {
	line, alone := strings.CutPrefix(line, "alone:")
	parts := strings.Split(line, "/")
	if len(parts) < 2 {
		return fmt.Errorf("no stroke in %q", line)
	}
	t.sets++
	for i, part := range parts {
		for _, w := range strings.Fields(part) {
			w = strings.ReplaceAll(w, "-", "")
			t.choices[t.stem(t.spelled(w))] = choice{t.sets, uint16(i), alone}
		}
	}
	return nil
}

// exclusiveChanges finds words that rule one another out: in the same place,
// or anywhere where each statement has but one of them.
func (x *alignment) exclusiveChanges(out []Change) []Change {
	var onlyA, onlyB []int // found when first needed
	for i := range x.a.words {
		w := &x.a.words[i]
		if w.choice.set == 0 || len(out) >= mostChanges {
			continue
		}
		j := x.inItsPlace(i)
		if (j < 0 || !x.excludes(w, &x.b.words[j])) && w.choice.alone {
			if onlyA == nil {
				onlyA, onlyB = x.a.only(), x.b.only()
			}
			if j = onlyB[w.choice.set]; onlyA[w.choice.set] != i {
				j = -1
			}
		}
		if j >= 0 && x.excludes(w, &x.b.words[j]) {
			out = append(out, Change{NumberChanged, w.Span, x.b.words[j].Span})
		}
	}
	return out
}

func (x *alignment) excludes(w, v *word) bool {
	return w.choice.set == v.choice.set && w.choice.of != v.choice.of && !w.silent && !v.silent
}

// inItsPlace returns the word of b between, before or after the same words as
// a word of a, where neither is tied; -1 for none.
func (x *alignment) inItsPlace(i int) int {
	if x.to[i] >= 0 || x.moved[i] >= 0 {
		return -1
	}
	j := -1
	switch left, right := i > 0 && x.to[i-1] >= 0, i+1 < len(x.to) && x.to[i+1] >= 0; {
	case left && right && x.to[i+1] == x.to[i-1]+2:
		j = int(x.to[i-1]) + 1
	case left && (i+1 == len(x.to) || x.a.words[i+1].stop):
		j = int(x.to[i-1]) + 1
		if j+1 < len(x.from) && !x.b.words[j+1].stop {
			return -1
		}
	}
	if j < 0 || j >= len(x.from) || x.from[j] >= 0 || x.movedBack[j] >= 0 {
		return -1
	}
	return j
}

// only returns for each set the word of a statement that belongs to it, where
// there is no other; -1 for none, -2 for several.
func (s *Said) only() []int {
	at := make([]int, tables().sets+1)
	for i := range at {
		at[i] = -1
	}
	for i := range s.words {
		if set := s.words[i].choice.set; set != 0 && at[set] >= 0 {
			at[set] = -2
		} else if at[set] == -1 {
			at[set] = i
		}
	}
	return at
}
