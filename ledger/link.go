package ledger

import (
	"cmp"
	"context"
	"database/sql"
	"maps"
	"slices"

	"hearsay/compare"
)

// Statements are tied to those of other reports in passes, of many reports each.
// Until then a report is in the table unlinked, in the transaction that adds it.
// A pass reads and compares in a snapshot, while others write, and then writes
// what it found in one short transaction, unless another pass came between.
//
// What comes of it depends on the statements and not on their order. Two
// wordings are compared if they are of days that are near and share keys. A
// key that more than mostAlike wordings of one day have tells nothing on that
// day. Where a wording more or less changes that, the links that hung on the key
// are looked at again.

// linkEvery is after how many reports passes are begun while others are added,
// at least and at most; linkAtOnce how many reports a pass takes. A pass reads
// the wordings of all days near those of its reports, so reports are taken by
// their days. Where they are spread over many days, more of them are let come
// together: see patient.
const (
	linkEvery     = 1000
	linkEveryMost = 16 * linkEvery
	linkAtOnce    = 1000
)

// linkVersion is the version of the links. Links of another version are made
// again. It goes up when numberOf, the conditions of a pair or the verdicts of
// package compare change.
const linkVersion = compare.KeyVersion<<16 | 3

// linkBehind begins passes in the background, unless they go on already.
func (l *Ledger) linkBehind() {
	if !l.linking.TryLock() {
		return
	}
	l.linking.Unlock()
	l.behind.Go(func() {
		l.linking.Lock()
		defer l.linking.Unlock()
		l.sweep(context.Background()) // whoever asks for a thread or closes the ledger meets the error again
	})
}

// link brings links and threads up to date.
func (l *Ledger) link(ctx context.Context) error {
	l.linking.Lock()
	defer l.linking.Unlock()
	for {
		if left, err := l.sweep(ctx); err != nil || !left {
			return err
		}
	}
}

// sweep links reports in passes, from the first day to the last. What is added
// meanwhile, of days that were passed, is left: it reports whether something
// may be.
func (l *Ledger) sweep(ctx context.Context) (left bool, err error) {
	linked, looked := 0, 0
	for from := (unlinked{}); ; {
		before := l.unlinked.Load()
		p := &pass{l: l, from: from, days: map[int64]*day{}, links: map[[2]int64]compare.Verdict{}, cut: map[[2]int64]bool{}, speakers: map[int64]compare.Known{}, strangers: map[[2]int64]bool{}}
		if err := l.snapshot(ctx, func(t *sql.Tx) error { return p.prepare(ctx, t) }); err != nil {
			return false, err
		}
		if p.done {
			l.unlinked.Add(-before)
			l.patient(linked, looked)
			return false, nil
		}
		if err := l.change(ctx, p.commit); err != nil {
			return false, err
		}
		l.fewerUnlinked(int64(len(p.documents)))
		linked, looked = linked+len(p.documents), looked+p.looked
		if err := l.checkpoint(ctx); err != nil {
			return false, err
		}
		if len(p.documents) < linkAtOnce {
			l.patient(linked, looked)
			return true, nil
		}
		from = p.documents[len(p.documents)-1]
	}
}

// fewerUnlinked counts reports that were linked. They may be those of another process,
// that were not counted when they were added.
func (l *Ledger) fewerUnlinked(n int64) {
	for {
		have := l.unlinked.Load()
		if l.unlinked.CompareAndSwap(have, max(0, have-n)) {
			return
		}
	}
}

// patient decides after how many reports the next passes are begun in the
// background: later, where the last ones had to look at many wordings for each
// report that they linked. So what that costs a report does not grow with the
// ledger.
func (l *Ledger) patient(linked, looked int) {
	const much, little = 60, 15
	switch after := l.linkAfter.Load(); {
	case linked == 0:
	case looked > much*linked:
		l.linkAfter.Store(min(2*after, linkEveryMost))
	case looked < little*linked:
		l.linkAfter.Store(max(after/2, linkEvery))
	}
}

// A pass links some reports.
type pass struct {
	l      *Ledger
	from   unlinked // the last report of the pass before
	number int64    // of the pass
	done   bool     // there was nothing to do
	renew  bool     // what is stored is of another version

	documents []unlinked
	said      map[int64]*compare.Said // of new wordings
	new       map[int64][]*wording    // by day
	lost      []int64
	gone      map[int64]bool // of lost: those that no statement has
	wanted    map[uint32]bool
	days      map[int64]*day
	speakers  map[int64]compare.Known // by whoOf
	strangers map[[2]int64]bool       // of speakers that were asked about: whether they are different ones

	fresh  []*wording
	looked int                          // stored wordings whose keys were read
	filled int                          // and what they say, about
	links  map[[2]int64]compare.Verdict // found: the smaller number first
	cuts   int                          // keys of a day that tell nothing any more, less those that do again
	cut    map[[2]int64]bool            // links to be taken away
}

// unlinked is a report that is to be linked.
type unlinked struct {
	number int64
	day    string
	sums   string
	worded [][2]int64 // statement, wording
	more   *derived
}

// prepare reads and compares.
func (p *pass) prepare(ctx context.Context, t *sql.Tx) error {
	var version int
	if err := t.QueryRowContext(ctx, passNow).Scan(&p.number, &version); err != nil {
		return err
	}
	var anything bool
	if err := t.QueryRowContext(ctx, anyUnlinked).Scan(&anything); err != nil {
		return err
	}
	if p.renew = version != linkVersion; p.renew {
		return nil
	}
	if p.done = !anything; p.done {
		return nil
	}
	if err := p.take(ctx, t); err != nil {
		return err
	}
	if err := p.takeLost(ctx, t); err != nil {
		return err
	}
	changed := map[int64]bool{}
	p.new = map[int64][]*wording{}
	for number, said := range p.said {
		d := dayOfWording(number)
		w := &wording{number: number, who: whoOf(said), said: said, fresh: true}
		w.keys, w.plain = keysOf(said)
		p.speakers[w.who] = said.Speaker
		p.new[d] = append(p.new[d], w)
		p.want(w.keys)
		changed[d] = true
	}
	for number := range p.gone {
		changed[dayOfWording(number)] = true
	}
	for _, d := range slices.Sorted(maps.Keys(changed)) {
		if err := p.day(ctx, t, d); err != nil {
			return err
		}
	}
	return nil
}

func (p *pass) want(keys []uint32) {
	for _, k := range keys {
		p.wanted[k] = true
	}
}

// takeLost reads which wordings have lost statements.
func (p *pass) takeLost(ctx context.Context, t *sql.Tx) (err error) {
	p.gone, p.wanted = map[int64]bool{}, map[uint32]bool{}
	if p.lost, err = collect[int64](t.QueryContext(ctx, p.l.dialect.sql(someLost), 10*linkAtOnce)); err != nil {
		return err
	}
	for _, number := range p.lost {
		var any bool
		if err := t.QueryRowContext(ctx, p.l.dialect.sql(anyMember), number).Scan(&any); err != nil {
			return err
		}
		if any || p.said[number] != nil {
			continue
		}
		p.gone[number] = true
		stored, err := collect[[]byte](t.QueryContext(ctx, p.l.dialect.sql(keysOfWording), number))
		if err != nil {
			return err
		}
		for _, keys := range stored {
			lost, _ := unpackKeys(keys)
			p.want(lost)
		}
	}
	return nil
}

// take reads the reports to be linked.
func (p *pass) take(ctx context.Context, t *sql.Tx) error {
	rows, err := t.QueryContext(ctx, p.l.dialect.sql(someUnlinked), p.from.day, p.from.number, linkAtOnce)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var u unlinked
		if err := rows.Scan(&u.number, &u.day, &u.sums); err != nil {
			return err
		}
		p.documents = append(p.documents, u)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	p.said = map[int64]*compare.Said{}
	for i := range p.documents {
		if err := p.takeOne(ctx, t, &p.documents[i]); err != nil {
			return err
		}
	}
	return nil
}

func (p *pass) takeOne(ctx context.Context, t *sql.Tx, u *unlinked) (err error) {
	u.more, err = p.l.derive(ctx, t, u.number, func(key int64, said compare.Said) {
		number := numberOf(&said)
		u.worded = append(u.worded, [2]int64{key, number})
		p.said[number] = &said
	})
	return err
}

// commit writes what a pass found.
func (p *pass) commit(t *tx) error {
	if lock := t.l.dialect.lock(lockLinks); lock != "" {
		if _, err := t.exec(lock); err != nil {
			return err
		}
	}
	if n, err := t.exec(nextPass, p.cuts, p.number); err != nil || n == 0 {
		return err // another pass came between: look again
	}
	if p.renew {
		for _, q := range unlinkAll {
			if _, err := t.exec(q); err != nil {
				return err
			}
		}
		_, err := t.exec(`UPDATE linking SET version = ?`, linkVersion)
		return err
	}
	slices.SortFunc(p.fresh, func(a, b *wording) int { return cmp.Compare(a.number, b.number) })
	var rows [][]any
	for _, w := range p.fresh {
		rows = append(rows, []any{w.number, w.who, w.packKeys()})
	}
	if err := t.insertBut(addWordings, wordingRows, whereThere, rows); err != nil {
		return err
	}
	dirty, err := p.commitMembers(t)
	if err != nil {
		return err
	}
	tied, err := p.commitLinks(t)
	if err != nil {
		return err
	}
	dirty = append(dirty, tied...)
	for _, number := range p.lost {
		near, err := p.lose(t, number)
		if err != nil {
			return err
		}
		dirty = append(dirty, near...)
	}
	if err := t.thread(dirty); err != nil {
		return err
	}
	return p.commitChanged(t)
}

// commitChanged notes which threads have new statements. A wording that one
// statement has is none.
func (p *pass) commitChanged(t *tx) error {
	alone := map[int64]bool{}
	for _, w := range p.fresh {
		alone[w.number] = true
	}
	report := map[int64]int64{}
	for _, u := range p.documents {
		for _, w := range u.worded {
			if first, seen := report[w[1]]; seen && first != u.number {
				alone[w[1]] = false
			}
			report[w[1]] = u.number
		}
	}
	first := make(map[int64]int64, len(report))
	err := t.inMany(threadsOf, slices.Sorted(maps.Keys(report)), func(row scanner) error {
		var wording, f int64
		err := row.Scan(&wording, &f)
		first[wording] = f
		return err
	})
	if err != nil {
		return err
	}
	var changed []int64
	for w := range report {
		if f, threaded := first[w]; threaded || !alone[w] {
			changed = append(changed, firstOr(f, w))
		}
	}
	return t.changed(changed)
}

// commitMembers ties statements to their wordings, and returns those that were
// there before: one more report has them. A report that was changed or
// removed meanwhile is left out.
func (p *pass) commitMembers(t *tx) (old []int64, err error) {
	var members, worded [][]any
	fresh := make(map[int64]bool, len(p.fresh))
	for _, w := range p.fresh {
		fresh[w.number] = true
	}
	more := newDerived()
	for _, u := range p.documents {
		n, err := t.exec(takeUnlinked, u.number, u.sums)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			more.join(u.more)
		}
		for _, w := range u.worded {
			if n == 0 {
				if _, err := t.exec(loseWording, w[1]); err != nil {
					return nil, err
				}
				continue
			}
			if !fresh[w[1]] {
				old = append(old, w[1])
			}
			worded = append(worded, []any{w[0], w[1]})
			members = append(members, []any{w[1], w[0]})
		}
	}
	slices.SortFunc(members, func(a, b []any) int {
		return cmp.Or(cmp.Compare(a[0].(int64), b[0].(int64)), cmp.Compare(a[1].(int64), b[1].(int64)))
	})
	if err := t.insert(addMembers, memberRows, members); err != nil {
		return nil, err
	}
	if err := t.insert(addWorded, memberRows, worded); err != nil {
		return nil, err
	}
	return old, t.addDerived(more)
}

// commitLinks writes links, and returns the wordings that they tie.
func (p *pass) commitLinks(t *tx) (dirty []int64, err error) {
	var rows [][]any
	for pair, v := range p.links {
		if v.Relation == compare.Different {
			continue
		}
		sure := 0
		if v.Sure {
			sure = 1
			dirty = append(dirty, pair[0], pair[1])
		}
		for _, ends := range [][2]int64{pair, {pair[1], pair[0]}} {
			rows = append(rows, []any{ends[0], ends[1], sure, v.Likeness, string(v.Relation)})
		}
	}
	slices.SortFunc(rows, func(a, b []any) int {
		return cmp.Or(cmp.Compare(a[0].(int64), b[0].(int64)), cmp.Compare(a[1].(int64), b[1].(int64)))
	})
	for pair := range p.cut {
		if err := t.unlinkPair(pair[0], pair[1]); err != nil {
			return nil, err
		}
		dirty = append(dirty, pair[0], pair[1])
	}
	return dirty, t.insertBut(addLinks, linkRows, whereThere, rows)
}

func (t *tx) unlinkPair(a, b int64) error {
	for _, ends := range [][2]int64{{a, b}, {b, a}} {
		if _, err := t.exec(deleteLink, ends[0], ends[1]); err != nil {
			return err
		}
	}
	return nil
}

// lose takes a wording away that no statement has any more, and returns those
// that it was tied to; or, where some have it, the wording: one report fewer has it.
func (p *pass) lose(t *tx, number int64) ([]int64, error) {
	var any bool
	if err := t.row(anyMember, number).Scan(&any); err != nil {
		return nil, err
	}
	if !any && !p.gone[number] {
		return nil, nil // since this pass looked: the next one sees to it
	}
	if _, err := t.exec(deleteLost, number); err != nil || any {
		return []int64{number}, err
	}
	near, err := collect[int64](t.query(linksOf, number))
	if err != nil {
		return nil, err
	}
	for _, other := range near {
		if err := t.unlinkPair(number, other); err != nil {
			return nil, err
		}
	}
	changed := []int64{number}
	if err := t.inMany(threadsOf, changed[:1:1], func(row scanner) error {
		var wording, first int64
		err := row.Scan(&wording, &first)
		changed = append(changed, first)
		return err
	}); err != nil {
		return nil, err
	}
	if err := t.changed(changed); err != nil {
		return nil, err
	}
	if _, err := t.exec(deleteThread, number); err != nil {
		return nil, err
	}
	_, err = t.exec(deleteWording, number)
	return near, err
}

// unlink forgets the links of a report whose statements are about to go.
func (t *tx) unlink(document int64) error {
	n, err := t.exec(deleteUnlinked, document)
	if err != nil || n > 0 {
		return err
	}
	if err := t.dropDerived(document); err != nil {
		return err
	}
	from, to := keys(document)
	if _, err := t.exec(changeLosing, from, to); err != nil {
		return err
	}
	if _, err := t.exec(loseWordings, from, to); err != nil {
		return err
	}
	rows, err := t.query(membersOf, from, to)
	if err != nil {
		return err
	}
	var pairs [][2]int64
	for rows.Next() {
		var pair [2]int64
		if err := rows.Scan(&pair[0], &pair[1]); err != nil {
			rows.Close()
			return err
		}
		pairs = append(pairs, pair)
	}
	if err := rows.Close(); err != nil {
		return err
	}
	for _, pair := range pairs {
		if _, err := t.exec(deleteMember, pair[0], pair[1]); err != nil {
			return err
		}
	}
	_, err = t.exec(deleteWorded, from, to)
	return err
}
