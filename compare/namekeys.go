package compare

import "strings"

const mostNameKeys = 6

// NameKeys returns at most six keys of a name, that of the surname first: two
// names that [Names] can tie share one, or one is the initials of the other.
// There are none where the name has no letters.
func NameKeys(name string) []uint64 {
	t := tables()
	p := t.parts(name)
	var keys []uint64
	add := func(part string) {
		if part != "" && len(keys) < mostNameKeys {
			keys = append(keys, hashOf("name", t.skeleton(part)))
		}
	}
	for i := len(p) - 1; i >= 0; i-- {
		if len(p[i]) > 1 || len(p) == 1 {
			add(p[i])
		}
	}
	if len(p) > 2 {
		add(initials(p))
		add(strings.Join(p[1:], ""))
	}
	return keys
}

// OneName reports whether a name has but one part, titles left out: "President
// Macron", "Pelé".
func OneName(name string) bool { return len(tables().parts(name)) == 1 }
