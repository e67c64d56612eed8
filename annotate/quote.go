package annotate

// A quotation is a range of tokens inside quotation marks, marks included.
type quotation struct {
	from, to int  // tokens, half-open
	opened   bool // its opening mark stands in the text
	closed   bool // its closing mark stands in the text
	single   bool // in single quotation marks
	resumed  bool // goes on from the quotation before it, in the paragraph before
}

// words returns the number of words and numbers inside.
func (q quotation) words(ts []token) int {
	n := 0
	for _, t := range ts[q.from:q.to] {
		if t.kind == wordToken || t.kind == numberToken {
			n++
		}
	}
	return n
}

// A quoter finds the quotations of a report, block by block. A quotation mark
// is evidence, not a bracket: one that is lost or wrong spoils no more than the
// quotation that it belongs to.
type quoter struct {
	ts     []token
	text   string
	found  []quotation
	closer []int32 // for each token, the next that can close single marks
	german bool    // „...“, where “ closes
}

// quotations returns the quotations of the tokens in order and writes into
// each token which one it lies in.
func quotations(ts []token, text string) []quotation {
	q := &quoter{ts: ts, text: text}
	for from := 0; from < len(ts); {
		to := from
		for to < len(ts) && ts[to].block == ts[from].block {
			to++
		}
		q.block(from, to)
		from = to
	}
	for i, r := range q.found {
		for j := r.from; j < r.to; j++ {
			ts[j].quote = int32(i + 1)
		}
	}
	for i := range ts {
		if ts[i].kind == quoteMark && ts[i].quote == 0 {
			ts[i].kind = apostrophe
		}
	}
	return q.found
}

// block finds the quotations of one block.
func (q *quoter) block(from, to int) {
	open, single, before := -1, false, len(q.found)
	q.german = false
	for i := from; i < to; i++ {
		t := &q.ts[i]
		if t.kind != quoteMark {
			continue
		}
		if q.text[t.Start:t.End] == "„" {
			q.german = true
		}
		opens, closes := q.roles(i, from, to, open >= 0)
		one := t.mark == markSingle || t.mark == markSOpen || t.mark == markSClose
		switch {
		case open < 0 && opens:
			if one && !q.singleOpens(i, from, to) {
				continue
			}
			open, single = i, one
		case open < 0 && closes && !one:
			q.lostOpening(from, i, before)
		case open >= 0 && one != single:
			// A quotation within the quotation.
		case open >= 0 && closes:
			if one && q.plural(i, to) {
				continue
			}
			q.found = append(q.found, quotation{from: open, to: i + 1, opened: true, closed: true, single: single})
			open = -1
		case open >= 0 && opens && !one:
			q.lostClosing(open, i)
			open = i
		}
	}
	if open >= 0 {
		q.unclosed(open, to, single)
	}
	q.resume(from, before)
}

// roles says whether the mark can open and whether it can close a quotation,
// by its shape and by the white space about it.
func (q *quoter) roles(i, from, to int, open bool) (opens, closes bool) {
	t := &q.ts[i]
	left := t.spaced || i == from || q.opensBefore(i-1)
	right := i+1 >= to || q.ts[i+1].spaced
	switch t.mark {
	case markOpen, markSOpen:
		if open && (q.german || !left) {
			return false, true
		}
		return true, false
	case markClose, markSClose:
		if !open && left && !right {
			return true, false
		}
		return false, true
	}
	switch {
	case left && !right:
		return true, false
	case !left && right:
		return false, true
	case t.mark == markSingle:
		return false, !left && i+1 < to && q.ts[i+1].kind == punctuation
	}
	// No white space on either side, or on both: the state decides.
	if !left && i+1 < to && q.ts[i+1].kind != punctuation && !open {
		return true, false
	}
	return !open, open
}

// opensBefore reports whether the token before a mark lets the mark open: a
// bracket, a dash, a colon or another mark.
func (q *quoter) opensBefore(i int) bool {
	t := &q.ts[i]
	if t.kind == quoteMark {
		return t.spaced
	}
	return t.kind == punctuation && (t.mark == '(' || t.mark == '[' || t.mark == markDash || t.mark == ':' || t.mark == '/')
}

// singleOpens tells a single quotation mark from an apostrophe: something must
// close it in the same block, or the next block must go on with it.
func (q *quoter) singleOpens(i, from, to int) bool {
	if i+1 >= to || q.ts[i+1].spaced {
		return false
	}
	next := q.ts[i+1]
	if next.kind == numberToken || next.is(elision) {
		return false
	}
	if q.nextCloser(i+1) < to {
		return true
	}
	if q.ts[i].mark != markSOpen {
		return false
	}
	// It may go on in the next paragraph.
	before := i == from || q.ts[i-1].kind == punctuation || q.ts[i-1].kind == quoteMark
	return i == from || before && to < len(q.ts) && q.ts[to].kind == quoteMark && q.ts[to].mark == markSOpen
}

// nextCloser returns the next token that can close single marks, len(ts) where
// there is none.
func (q *quoter) nextCloser(i int) int {
	if q.closer == nil {
		q.closer = make([]int32, len(q.ts)+1)
		next := int32(len(q.ts))
		q.closer[len(q.ts)] = next
		for j := len(q.ts) - 1; j >= 0; j-- {
			t := &q.ts[j]
			if t.kind == quoteMark && !t.spaced && (t.mark == markSClose || t.mark == markSingle) &&
				(j+1 == len(q.ts) || q.ts[j+1].spaced || q.ts[j+1].block != t.block || q.ts[j+1].kind != wordToken) {
				next = int32(j)
			}
			q.closer[j] = next
		}
	}
	return int(q.closer[i])
}

// plural reports whether a mark after a plural is its apostrophe (the workers'
// rights) and not the end of the quotation: another mark closes it later.
func (q *quoter) plural(i, to int) bool {
	if i+1 >= to || q.ts[i+1].kind != wordToken || q.ts[i+1].capital {
		return false
	}
	prev := q.ts[i-1]
	if prev.kind != wordToken || q.text[prev.End-1] != 's' {
		return false
	}
	return q.nextCloser(i+1) < to
}

// lostOpening takes the words before a closing mark without an opening one: as
// far as the last quotation or the beginning of the sentence.
func (q *quoter) lostOpening(from, i, before int) {
	const most = 80
	start := i
	for start > from && i-start < most {
		t := &q.ts[start-1]
		if t.quote != 0 || len(q.found) > before && start == q.found[len(q.found)-1].to {
			break
		}
		if t.kind == punctuation && (t.mark == '.' || t.mark == '?' || t.mark == '!') && start < i && i-start > 1 {
			break
		}
		start--
	}
	if i-start < 3 || i-start >= most {
		return
	}
	q.found = append(q.found, quotation{from: start, to: i + 1, closed: true})
}

// lostClosing ends a quotation that has no closing mark before the next
// opening one: at the words that report it, or at the end of its sentence.
func (q *quoter) lostClosing(open, next int) {
	end := q.reported(open, next)
	if end < 0 {
		for end = next; end > open+1; end-- {
			t := &q.ts[end-1]
			if t.kind == punctuation && (t.mark == '.' || t.mark == '?' || t.mark == '!') {
				break
			}
		}
	}
	if end <= open+1 {
		return
	}
	q.found = append(q.found, quotation{from: open, to: end, opened: true})
}

// unclosed ends a quotation that its block does not close.
func (q *quoter) unclosed(open, to int, single bool) {
	end := to
	goesOn := to < len(q.ts) && q.ts[to].kind == quoteMark
	if at := q.reported(open, to); at > 0 && !goesOn {
		end = at
	}
	q.found = append(q.found, quotation{from: open, to: end, opened: true, single: single})
}

// reported returns the token after the comma, question or exclamation mark
// that stands before "he said" in a quotation without closing mark, -1 where
// there is none.
func (q *quoter) reported(open, to int) int {
	for i := open + 2; i < to; i++ {
		t := &q.ts[i]
		if t.kind != punctuation || t.mark != ',' && t.mark != '?' && t.mark != '!' {
			continue
		}
		if saidAt(q.ts, i+1, min(to, i+5)) {
			return i + 1
		}
	}
	return -1
}

// saidAt reports whether the tokens begin with a short name or pronoun and the
// past tense of a cue verb of speech, in either order.
func saidAt(ts []token, from, to int) bool {
	for i := from; i < to && i < len(ts); i++ {
		t := &ts[i]
		if t.kind != wordToken {
			return false
		}
		if t.lex != nil && t.lex.form&(pastForm|thirdForm) != 0 && speaks(t.lex) {
			return i > from || i+1 < len(ts) && (ts[i+1].capital || ts[i+1].is(determiner|third))
		}
		if !t.capital && !t.is(third|title) {
			return false
		}
	}
	return false
}

// speaks reports whether a form belongs to a verb that reports quotations.
func speaks(w *word) bool {
	for _, c := range w.cues {
		if c.takes(invertedFrame) && len(c.particle) == 0 {
			return true
		}
	}
	return false
}

// resume ties a block that opens with a quotation to the block before, where
// that one ended in a quotation that was never closed.
func (q *quoter) resume(from, before int) {
	if before == 0 || before >= len(q.found) {
		return
	}
	last, first := &q.found[before-1], &q.found[before]
	if first.from == from && !last.closed && last.to == from && first.single == last.single {
		first.resumed = true
	}
}
