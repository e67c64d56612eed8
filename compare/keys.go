package compare

import "slices"

// KeyVersion is the version of the keys. A store of keys of another version
// has to make them again. It changes with the files in words, too:
// TestKeysAreStable tells.
const KeyVersion = 4

// How many keys a statement has at most.
const (
	pairKeys    = 12
	speakerKeys = 7
	senseKeys   = 4
	mostKeys    = pairKeys + speakerKeys + senseKeys + 1
)

// Keys returns at most 24 keys of a statement. Statements that can be variants
// of one another share one, nearly always, and others seldom, so that a store
// which looks a key up finds all candidates and few others. Words that are
// common make no key. What one speaker says on one day or on two shares a key
// where it lies near, be the words others.
func Keys(s Said) []uint64 {
	told := telling(&s)
	if len(told) == 0 {
		return keysOfFew(&s)
	}
	keys := make([]uint64, 0, mostKeys)
	keys = pairs(keys, told)
	if name := surnameKey(&s.Speaker); name != 0 {
		keys = withSpeaker(keys, told, mix(KeyVersion, name))
		keys = ofSense(keys, &s, mix(KeyVersion, name))
	}
	if len(told) < 4 {
		keys = append(keys, keysOfFew(&s)...)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// A tell is a word that tells much, and what it adds to a key.
type tell struct {
	sense  uint64
	weight float32
}

// telling returns the words that can make a key, in order, each once.
func telling(s *Said) []tell {
	told := make([]tell, 0, 24)
	var seen [64]uint64
	for i := range s.words {
		w := &s.words[i]
		if w.weight < leastTelling || w.silent {
			continue
		}
		if slot := w.sense % 64; seen[slot] == w.sense {
			continue
		} else {
			seen[slot] = w.sense
		}
		told = append(told, tell{w.sense, w.weight})
		if len(told) == mostTelling {
			break
		}
	}
	return told
}

const (
	leastTelling = 3.0
	mostTelling  = 4000 // words looked at, of the longest statements
)

// pairs appends keys of two words that tell much and stand near one another.
func pairs(keys []uint64, told []tell) []uint64 {
	type pair struct {
		key    uint64
		weight float32
	}
	found := make([]pair, 0, 5*len(told))
	for i := range told {
		for j := i + 1; j < len(told) && j <= i+near; j++ {
			a, b := told[i], told[j]
			if a.sense > b.sense {
				a, b = b, a
			}
			found = append(found, pair{mix(mix(KeyVersion, a.sense), b.sense), a.weight + b.weight - float32(j-i)*0.1})
		}
	}
	slices.SortFunc(found, func(a, b pair) int {
		switch {
		case a.weight != b.weight && a.weight > b.weight:
			return -1
		case a.weight != b.weight:
			return 1
		case a.key < b.key:
			return -1
		case a.key > b.key:
			return 1
		}
		return 0
	})
	for _, p := range found[:min(len(found), pairKeys)] {
		keys = append(keys, p.key)
	}
	return keys
}

// near is how many telling words apart the two of a pair may stand.
const near = 5

// withSpeaker appends keys of a speaker and the words that tell most.
func withSpeaker(keys []uint64, told []tell, name uint64) []uint64 {
	best := slices.Clone(told)
	slices.SortStableFunc(best, func(a, b tell) int {
		switch {
		case a.weight > b.weight:
			return -1
		case a.weight < b.weight:
			return 1
		}
		return 0
	})
	for _, t := range best[:min(len(best), speakerKeys)] {
		keys = append(keys, mix(name, t.sense))
	}
	return keys
}

// sides are the numbers of a mean that are above nought for one half of all
// statements, and below for the other.
var sides = [...]int{1, 2, 4, 5}

// ofSense appends keys of a speaker, two days, and on which sides the mean of
// the statement's words lies: once as it is, and once with the side changed
// that it is the least sure of.
func ofSense(keys []uint64, s *Said, name uint64) []uint64 {
	_, day, known := s.days()
	if !known || s.middle == (middle{}) {
		return keys
	}
	code, weakest := 0, 0
	size := func(i int) float32 { return max(s.middle[sides[i]], -s.middle[sides[i]]) }
	for i, k := range sides {
		if s.middle[k] > 0 {
			code |= 1 << i
		}
		if size(i) < size(weakest) {
			weakest = i
		}
	}
	for _, c := range [...]int{code, code ^ 1<<weakest} {
		key := mix(name, uint64(c))
		keys = append(keys, mix(key, uint64(day)), mix(key, uint64(day+1))) // the next day has one of them, too
	}
	return keys
}

// keysOfFew returns the key of a statement of few words: all of them, and the
// speaker.
func keysOfFew(s *Said) []uint64 {
	key := mix(KeyVersion, surnameKey(&s.Speaker))
	some := false
	for i := range s.words {
		if w := &s.words[i]; w.class&(particle|pronoun|filler|will) == 0 && !w.silent {
			key, some = key+mix(1, w.sense), true
		}
	}
	if !some {
		for i := range s.words {
			key += mix(1, s.words[i].sense)
		}
	}
	return []uint64{key}
}
