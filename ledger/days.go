package ledger

import (
	"cmp"
	"context"
	"database/sql"
	"maps"
	"slices"

	"hearsay/compare"
)

// near is how many days may lie between two wordings that are compared: what is
// said again later is said anew.
const nearDays = 5

// mostAlike is how many wordings of a day may have a key that tells something.
const mostAlike = 200

// A pair has to share so many keys: one where a wording has few, two where both
// have many. Where the speakers are different ones, only what is the same in nearly
// all words may be one statement: then so many keys of the words alone.
const (
	manyKeys          = 16
	sharedOfFew       = 1
	sharedOfAll       = 2
	sharedOfStrangers = 5
)

// A day is what a pass knows of the wordings of one day.
type day struct {
	wordings []*wording // by number
	holders  map[uint32]*holders
}

// holders are the wordings of a day that have a key.
type holders struct {
	all    []*wording
	before int // how many there were before the pass
	after  int
	most   int // mostAlike
}

func (h *holders) live() bool    { return h.after <= h.most }
func (h *holders) wasLive() bool { return h.before <= h.most }

// day links what is new on a day.
func (p *pass) day(ctx context.Context, t *sql.Tx, d int64) error {
	first, last := d-nearDays, d+nearDays
	if d == 0 {
		first, last = 0, 0 // what has no date is compared with its like
	}
	maps.DeleteFunc(p.days, func(n int64, _ *day) bool { return n < first }) // days come in order
	var window []*day
	for n := max(first, min(d, 1)); n <= last; n++ {
		one, err := p.load(ctx, t, n)
		if err != nil {
			return err
		}
		if len(one.wordings) > 0 {
			window = append(window, one)
		}
	}
	dead, alive := p.days[d].turned()
	p.cuts += dead - alive
	if dead+alive > 0 { // seldom: then all keys count, and not only those of what is new
		for _, other := range window {
			other.index(nil, p.l.mostAlike)
		}
	}
	asked, err := p.known(ctx, t, p.candidates(p.days[d], window))
	if err != nil {
		return err
	}
	for ; len(asked) > 0; asked = asked[min(p.l.mostFilled, len(asked)):] {
		if err := p.compare(ctx, t, asked[:min(p.l.mostFilled, len(asked))]); err != nil {
			return err
		}
		if p.filled > p.l.mostFilled {
			p.letGo(window)
		}
	}
	return p.recheck(ctx, t, p.days[d])
}

// mostFilled is how many pairs are compared at once, and about how many stored
// wordings are held in memory with what they say.
const mostFilled = 10_000

// letGo forgets what wordings of some days say, but for those of new statements.
func (p *pass) letGo(days []*day) {
	for _, d := range days {
		for _, w := range d.wordings {
			if p.said[w.number] == nil {
				w.said = nil
			}
		}
	}
	p.filled = 0
}

// compare finds the links of pairs.
func (p *pass) compare(ctx context.Context, t *sql.Tx, pairs []candidate) error {
	wordings := make([]*wording, 0, 2*len(pairs))
	for _, pair := range pairs {
		for _, w := range []*wording{pair.a, pair.b} {
			if w.said == nil {
				wordings = append(wordings, w)
				p.filled++
			}
		}
	}
	if err := p.l.fill(ctx, t, wordings); err != nil {
		return err
	}
	for _, pair := range pairs {
		a, b := pair.a, pair.b
		if a.lost || b.lost {
			continue
		}
		if a.number > b.number {
			a, b = b, a
		}
		ends := [2]int64{a.number, b.number}
		if _, done := p.links[ends]; done {
			continue
		}
		if v := compare.Wording(*a.said, *b.said); v.Relation != compare.Different {
			v.Sure = confirm(&v, a.said, b.said)
			v.Changes, v.Edits = nil, nil
			p.links[ends] = v
		}
	}
	return nil
}

// How likely variants have to be to be of one thread: by the same speaker, where one is
// part of the other; by the same speaker, in other words; and where it is
// not known who they are by, and something was altered.
const (
	partOfSame  = 0.65
	wordsOfSame = 0.7
	ofUnknown   = 0.95
)

// confirm decides whether variants are of one thread, or may be. That their
// speaker is the same, by name, vouches for them: days are near, or they would
// not be compared.
func confirm(v *compare.Verdict, a, b *compare.Said) bool {
	tie := compare.Names(a.Speaker, b.Speaker).Tie
	named := tie == compare.Tied && a.Speaker.Name != "" && b.Speaker.Name != ""
	switch {
	case named && v.Relation == compare.Trimmed:
		return v.Sure || v.Likeness >= partOfSame
	case named && v.Relation == compare.Reworded:
		return v.Sure || v.Likeness >= wordsOfSame
	case tie == "" && v.Relation == compare.Altered:
		return v.Sure && v.Likeness >= ofUnknown
	}
	return v.Sure
}

// load reads the wordings of a day, and puts the new ones among them.
func (p *pass) load(ctx context.Context, t *sql.Tx, n int64) (*day, error) {
	if d := p.days[n]; d != nil {
		return d, nil
	}
	d := &day{}
	p.days[n] = d
	rows, err := t.QueryContext(ctx, p.l.dialect.sql(wordingsOfDays), n<<dayBits, (n+1)<<dayBits)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var w wording
		var stored []byte
		if err := rows.Scan(&w.number, &w.who, &stored); err != nil {
			return nil, err
		}
		w.keys, w.plain = unpackKeys(stored)
		w.lost = p.gone[w.number]
		d.wordings = append(d.wordings, &w)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	stored := len(d.wordings)
	p.looked += stored
	for _, w := range p.new[n] {
		if at, ok := search(d.wordings[:stored], w.number); ok {
			d.wordings[at].said = w.said
			continue
		}
		d.wordings = append(d.wordings, w)
		p.fresh = append(p.fresh, w)
	}
	slices.SortFunc(d.wordings, func(a, b *wording) int { return cmp.Compare(a.number, b.number) })
	d.index(p.wanted, p.l.mostAlike)
	return d, nil
}

func search(list []*wording, number int64) (int, bool) {
	return slices.BinarySearchFunc(list, number, func(w *wording, n int64) int { return cmp.Compare(w.number, n) })
}

// index finds the holders of the keys that are wanted, of all for nil.
func (d *day) index(wanted map[uint32]bool, most int) {
	d.holders = map[uint32]*holders{}
	for _, w := range d.wordings {
		for _, k := range w.keys {
			if wanted != nil && !wanted[k] {
				continue
			}
			h := d.holders[k]
			if h == nil {
				h = &holders{most: most}
				d.holders[k] = h
			}
			h.all = append(h.all, w)
			if !w.fresh {
				h.before++
			}
			if !w.lost {
				h.after++
			}
		}
	}
}

// turned counts the keys of the day that told something and do not, and those
// that do and did not.
func (d *day) turned() (dead, alive int) {
	for _, h := range d.holders {
		switch {
		case h.live() && !h.wasLive():
			alive++
		case !h.live() && h.wasLive():
			dead++
		}
	}
	return dead, alive
}

// find returns a wording of a day that was loaded.
func (p *pass) find(number int64) *wording {
	d := p.days[dayOfWording(number)]
	if d == nil {
		return nil
	}
	at, ok := search(d.wordings, number)
	if !ok {
		return nil
	}
	return d.wordings[at]
}

// A candidate is two wordings, and how many keys they share: in all, and of words
// alone.
type candidate struct {
	a, b *wording
	sharing
}

type sharing struct{ all, plain int }

// candidates returns the pairs to be compared: the new wordings of a day, and
// those that have a key which tells something again, with what shares keys.
func (p *pass) candidates(d *day, window []*day) []candidate {
	var out []candidate
	var touched []*wording
	for _, w := range d.wordings {
		again := !w.fresh && slices.ContainsFunc(w.keys, func(k uint32) bool { h := d.holders[k]; return h != nil && h.live() && !h.wasLive() })
		if w.lost || !w.fresh && !again {
			continue
		}
		touched = touched[:0]
		for i, k := range w.keys {
			if !d.holders[k].live() {
				continue
			}
			plain := w.plainKey(i)
			for _, other := range window {
				if h := other.holders[k]; h != nil && h.live() {
					for _, o := range h.all {
						if o == w || o.lost {
							continue
						}
						if o.shared.all == 0 {
							touched = append(touched, o)
						}
						o.shared = sharing{o.shared.all + 1, o.shared.plain + plain}
					}
				}
			}
		}
		for _, o := range touched {
			n := o.shared
			o.shared = sharing{}
			if n.all >= needed(w, o) && !(w.fresh && o.fresh && o.number < w.number) {
				out = append(out, candidate{w, o, n})
			}
		}
	}
	return out
}

// needed is how many keys two wordings have to share.
func needed(a, b *wording) int {
	if len(a.keys) >= manyKeys && len(b.keys) >= manyKeys {
		return sharedOfAll
	}
	return sharedOfFew
}

// known leaves of pairs those that share keys enough for what their speakers are
// to one another.
func (p *pass) known(ctx context.Context, t *sql.Tx, pairs []candidate) ([]candidate, error) {
	for {
		var some []*wording // one of each speaker that is not known yet
		sought := map[int64]bool{}
		for _, pair := range pairs {
			for _, w := range []*wording{pair.a, pair.b} {
				if _, known := p.speakers[w.who]; !known && !sought[w.who] && !w.lost {
					some, sought[w.who] = append(some, w), true
				}
			}
		}
		if len(some) == 0 {
			break
		}
		if err := p.l.fill(ctx, t, some); err != nil {
			return nil, err
		}
		for _, w := range some {
			if !w.lost {
				p.speakers[w.who] = w.said.Speaker
			}
		}
	}
	return slices.DeleteFunc(pairs, func(c candidate) bool { return c.plain < sharedOfStrangers && p.different(c.a.who, c.b.who) }), nil
}

// mostStrangers is how many pairs of speakers are remembered.
const mostStrangers = 200_000

// different reports whether two speakers are different ones.
func (p *pass) different(a, b int64) bool {
	if a == b {
		return false
	}
	pair := [2]int64{min(a, b), max(a, b)}
	d, known := p.strangers[pair]
	if !known {
		if len(p.strangers) > mostStrangers {
			clear(p.strangers)
		}
		d = compare.Names(p.speakers[pair[0]], p.speakers[pair[1]]).Tie == compare.NotTied
		p.strangers[pair] = d
	}
	return d
}

// recheck looks at the links of those that have a key which tells nothing any
// more.
func (p *pass) recheck(ctx context.Context, t *sql.Tx, d *day) error {
	seen := map[*wording]bool{}
	var pairs []candidate
	for _, h := range d.holders {
		if h.live() || !h.wasLive() {
			continue
		}
		for _, w := range h.all {
			if seen[w] || w.fresh || w.lost {
				continue
			}
			seen[w] = true
			tied, err := collect[int64](t.QueryContext(ctx, p.l.dialect.sql(linksOf), w.number))
			if err != nil {
				return err
			}
			for _, number := range tied {
				if o := p.find(number); o != nil {
					pairs = append(pairs, candidate{w, o, p.shared(w, o)})
				}
			}
		}
	}
	left, err := p.known(ctx, t, slices.Clone(pairs))
	if err != nil {
		return err
	}
	stays := map[[2]*wording]bool{}
	for _, c := range left {
		stays[[2]*wording{c.a, c.b}] = c.all >= needed(c.a, c.b)
	}
	for _, c := range pairs {
		if !stays[[2]*wording{c.a, c.b}] {
			p.cut[[2]int64{min(c.a.number, c.b.number), max(c.a.number, c.b.number)}] = true
		}
	}
	return nil
}

// shared counts the keys that two wordings share and that tell something.
func (p *pass) shared(a, b *wording) (n sharing) {
	da, db := p.days[dayOfWording(a.number)], p.days[dayOfWording(b.number)]
	for i, k := range a.keys {
		if slices.Contains(b.keys, k) && da.holders[k].live() && db.holders[k].live() {
			n = sharing{n.all + 1, n.plain + a.plainKey(i)}
		}
	}
	return n
}
