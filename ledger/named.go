package ledger

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"hearsay"
	"hearsay/compare"
)

// A naming is how reports call somebody.
type naming struct{ folded, name, role, kind string }

// A sighting is where and when somebody is quoted.
type sighting struct{ folded, role, outlet, day string }

// addNames adds those who said a statement, each once.
func (d *derived) addNames(j *statementJSON, outlet, day string) {
	var before []string
	add := func(m *mentionJSON) {
		folded := fold(m.Name)
		if folded == "" || slices.Contains(before, folded) {
			return
		}
		before = append(before, folded)
		d.names[naming{folded, m.Name, m.Role, kindOf(m.Kind)}]++
		s := sighting{folded, m.Role, outlet, day}
		d.seen[s] = [2]int{d.seen[s][0] + 1, 0}
	}
	if j.Speaker != nil {
		add(j.Speaker)
	}
	for i := range j.Also {
		add(&j.Also[i].mentionJSON)
	}
}

// kindOf is what a mention says of the kind of its name.
func kindOf(k hearsay.MentionKind) string {
	switch k {
	case hearsay.ByName, hearsay.ByPronoun:
		return string(hearsay.ByName)
	case hearsay.ByOrganisation:
		return string(k)
	}
	return ""
}

// nameKeys are the keys by which a name is found.
func nameKeys(name string) []int64 {
	long := compare.NameKeys(name)
	out := make([]int64, len(long))
	for i, k := range long {
		out[i] = int64(k >> 1)
	}
	return out
}

func (n naming) compare(o naming) int {
	return cmp.Or(strings.Compare(n.folded, o.folded), strings.Compare(n.name, o.name), strings.Compare(n.role, o.role), strings.Compare(n.kind, o.kind))
}

func (s sighting) compare(o sighting) int {
	return cmp.Or(strings.Compare(s.folded, o.folded), strings.Compare(s.role, o.role), strings.Compare(s.outlet, o.outlet), strings.Compare(s.day, o.day))
}

// addNames writes the names of reports.
func (t *tx) addNames(d *derived) error {
	var rows, keyed [][]any
	for _, n := range slices.SortedFunc(maps.Keys(d.names), naming.compare) {
		rows = append(rows, []any{n.folded, n.name, n.role, n.kind, d.names[n]})
		for _, k := range nameKeys(n.name) {
			keyed = append(keyed, []any{k, n.folded})
		}
	}
	if err := t.insertBut(addNamed, namedRows, moreNamed, rows); err != nil {
		return err
	}
	rows = rows[:0]
	for _, s := range slices.SortedFunc(maps.Keys(d.seen), sighting.compare) {
		rows = append(rows, []any{s.folded, s.role, s.outlet, s.day, d.seen[s][0], d.seen[s][1]})
	}
	if err := t.insertBut(addSeen, seenRows, moreSeen, rows); err != nil {
		return err
	}
	compareKeys := func(a, b []any) int {
		return cmp.Or(cmp.Compare(a[0].(int64), b[0].(int64)), strings.Compare(a[1].(string), b[1].(string)))
	}
	slices.SortFunc(keyed, compareKeys)
	keyed = slices.CompactFunc(keyed, func(a, b []any) bool { return compareKeys(a, b) == 0 })
	return t.insertBut(addNameKeys, nameKeyRows, whereThere, keyed)
}

// dropNames takes the names of a report out.
func (t *tx) dropNames(d *derived) error {
	if len(d.names) == 0 {
		return nil
	}
	if lock := t.l.dialect.lock(lockLinks); lock != "" { // a pass may be about to add a name that goes here
		if _, err := t.exec(lock); err != nil {
			return err
		}
	}
	for _, n := range slices.SortedFunc(maps.Keys(d.names), naming.compare) {
		if _, err := t.exec(lessNamed, d.names[n], n.folded, n.name, n.role, n.kind); err != nil {
			return err
		}
		if _, err := t.exec(deleteNamed, n.folded, n.name, n.role, n.kind); err != nil {
			return err
		}
		for _, k := range nameKeys(n.name) {
			if err := t.dropNameKey(k, n.folded); err != nil {
				return err
			}
		}
	}
	for _, s := range slices.SortedFunc(maps.Keys(d.seen), sighting.compare) {
		if _, err := t.exec(lessSeen, d.seen[s][0], d.seen[s][1], s.folded, s.role, s.outlet, s.day); err != nil {
			return err
		}
		if _, err := t.exec(deleteSeen, s.folded, s.role, s.outlet, s.day); err != nil {
			return err
		}
	}
	return nil
}

// dropNameKey takes the key of a name out, unless a name that folds to the same
// and has the key is left.
func (t *tx) dropNameKey(key int64, folded string) error {
	left, err := collect[string](t.query(namesOf, folded))
	if err != nil || slices.ContainsFunc(left, func(name string) bool { return slices.Contains(nameKeys(name), key) }) {
		return err
	}
	_, err = t.exec(deleteNameKey, key, folded)
	return err
}
