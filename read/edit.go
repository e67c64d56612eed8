package read

import (
	"cmp"
	"slices"
	"strings"

	"hearsay"
)

// An edit puts other characters in the place of a range of the text. A kind
// makes a Repair of it; an edit without one leaves no record.
type edit struct {
	hearsay.Span
	put  string
	kind hearsay.RepairKind
}

// Beyond manyEdits edits in one text, those that are less than nearEdits
// bytes apart are joined, so that a hostile text cannot cost more memory than
// a long one.
const (
	manyEdits = 1 << 16
	nearEdits = 64
)

// edits collects the changes to a text, in order and not overlapping.
type edits struct {
	text string
	list []edit
	long []byte // what the last edit puts, while edits are being joined to it
}

// add notes that put is to stand where text[start:end] stands.
func (e *edits) add(start, end int, put string, kind hearsay.RepairKind) {
	if n := len(e.list); n >= manyEdits {
		if last := &e.list[n-1]; start-last.End < nearEdits {
			if len(e.long) == 0 {
				e.long = append(e.long, last.put...)
			}
			e.long = append(append(e.long, e.text[last.End:start]...), put...)
			last.End, last.kind = end, cmp.Or(last.kind, kind)
			return
		}
		e.settle()
	}
	e.list = append(e.list, edit{hearsay.Span{Start: start, End: end}, put, kind})
}

// settle ends the joining of edits to the last one.
func (e *edits) settle() {
	if len(e.long) > 0 {
		e.list[len(e.list)-1].put = string(e.long)
		e.long = e.long[:0]
	}
}

// apply changes the text of doc, and moves its blocks, repairs and pieces
// along.
func (e *edits) apply(doc *hearsay.Document) {
	if len(e.list) == 0 {
		return
	}
	e.settle()
	m := newMover(e.list)
	doc.Pieces = m.pieces(doc.Pieces, len(doc.Text))
	for i := range doc.Blocks {
		doc.Blocks[i].Span = m.span(doc.Blocks[i].Span)
	}
	doc.Blocks = slices.DeleteFunc(doc.Blocks, func(b hearsay.Block) bool { return b.Empty() })
	for i := range doc.Repairs {
		doc.Repairs[i].Span = m.span(doc.Repairs[i].Span)
	}
	var b strings.Builder
	b.Grow(len(doc.Text) + max(0, m.growth()))
	at := 0
	for _, c := range e.list {
		b.WriteString(doc.Text[at:c.Start])
		start := b.Len()
		b.WriteString(c.put)
		if c.kind != "" {
			doc.Repairs = append(doc.Repairs, hearsay.Repair{
				Kind: c.kind,
				Span: hearsay.Span{Start: start, End: b.Len()},
				Was:  strings.Clone(doc.Text[c.Start:c.End]),
			})
		}
		at = c.End
	}
	b.WriteString(doc.Text[at:])
	doc.Text = b.String()
	slices.SortStableFunc(doc.Repairs, func(a, b hearsay.Repair) int { return cmp.Compare(a.Start, b.Start) })
}

// A mover tells where positions of a text are after edits.
type mover struct {
	list  []edit
	shift []int // of what follows edit i
}

func newMover(list []edit) mover {
	m := mover{list, make([]int, len(list))}
	d := 0
	for i, c := range list {
		d += len(c.put) - c.Len()
		m.shift[i] = d
	}
	return m
}

// growth is the number of bytes that the text grows by.
func (m mover) growth() int { return m.shift[len(m.shift)-1] }

// before is the shift of what precedes edit i.
func (m mover) before(i int) int {
	if i == 0 {
		return 0
	}
	return m.shift[i-1]
}

// span moves a span: one that an edit cuts grows to hold what the edit puts.
func (m mover) span(s hearsay.Span) hearsay.Span {
	// i is the first edit that ends after the start of the span.
	i, _ := slices.BinarySearchFunc(m.list, s.Start, func(c edit, at int) int {
		if c.End <= at {
			return -1
		}
		return 1
	})
	out := hearsay.Span{Start: s.Start + m.before(i)}
	if i < len(m.list) && m.list[i].Start < s.Start {
		out.Start = m.list[i].Start + m.before(i)
	}
	// j is the first edit that starts at the end of the span or after it.
	j, _ := slices.BinarySearchFunc(m.list, s.End, func(c edit, at int) int {
		if c.Start < at {
			return -1
		}
		return 1
	})
	out.End = s.End + m.before(j)
	if j > 0 && m.list[j-1].End > s.End {
		out.End = m.list[j-1].End + m.shift[j-1]
	}
	out.End = max(out.Start, out.End)
	return out
}

// pieces moves the pieces of a text of the given length. What an edit puts
// comes from the bytes of what it replaces; a piece that corresponds only as a
// whole is never cut.
func (m mover) pieces(old []hearsay.Piece, length int) []hearsay.Piece {
	out := make([]hearsay.Piece, 0, len(old)+2*len(m.list))
	k := 0
	copyTo := func(from, to, shift int) {
		for ; from < to && k < len(old) && old[k].Text.Start < to; k++ {
			if p := old[k]; p.Text.End > from {
				text := hearsay.Span{Start: max(p.Text.Start, from), End: min(p.Text.End, to)}
				bytes := bytesOf(p, text)
				text.Start, text.End = text.Start+shift, text.End+shift
				out = joinPiece(out, hearsay.Piece{Text: text, Bytes: bytes})
			}
			if old[k].Text.End > to {
				return
			}
		}
	}
	at := 0
	for i, c := range m.list {
		copyTo(at, c.Start, m.before(i))
		at = c.End
		var from hearsay.Span
		for ; k < len(old) && old[k].Text.Start < c.End; k++ {
			if p := old[k]; p.Text.End > c.Start {
				b := bytesOf(p, hearsay.Span{Start: max(p.Text.Start, c.Start), End: min(p.Text.End, c.End)})
				if from.Empty() {
					from = b
				}
				from = hearsay.Span{Start: min(from.Start, b.Start), End: max(from.End, b.End)}
			}
			if old[k].Text.End > c.End {
				break
			}
		}
		if start := c.Start + m.before(i); !from.Empty() && c.put != "" {
			out = joinPiece(out, hearsay.Piece{Text: hearsay.Span{Start: start, End: start + len(c.put)}, Bytes: from})
		}
	}
	copyTo(at, length, m.growth())
	return slices.Clip(out)
}

// bytesOf returns the bytes that a part of a piece came from.
func bytesOf(p hearsay.Piece, part hearsay.Span) hearsay.Span {
	if p.Text.Len() != p.Bytes.Len() {
		return p.Bytes
	}
	shift := p.Bytes.Start - p.Text.Start
	return hearsay.Span{Start: part.Start + shift, End: part.End + shift}
}

// joinPiece appends a piece; one that shares bytes with the last becomes one
// with it.
func joinPiece(list []hearsay.Piece, p hearsay.Piece) []hearsay.Piece {
	if n := len(list); n > 0 && list[n-1].Bytes.Overlaps(p.Bytes) {
		last := &list[n-1]
		last.Text.End = p.Text.End
		last.Bytes = hearsay.Span{Start: min(last.Bytes.Start, p.Bytes.Start), End: max(last.Bytes.End, p.Bytes.End)}
		return list
	}
	return append(list, p)
}

// through returns the pieces of a text that was made of another text, which
// was itself made of bytes: outer ties the text to that other text, inner
// that other text to the bytes. Inner is in order.
func through(outer, inner []hearsay.Piece) []hearsay.Piece {
	if len(inner) == 1 && inner[0].Text == inner[0].Bytes {
		return outer
	}
	var out []hearsay.Piece
	for _, p := range outer {
		k, _ := slices.BinarySearchFunc(inner, p.Bytes.Start, func(q hearsay.Piece, at int) int {
			if q.Text.End <= at {
				return -1
			}
			return 1
		})
		same := p.Text.Len() == p.Bytes.Len()
		var whole hearsay.Span
		for ; k < len(inner) && inner[k].Text.Start < p.Bytes.End; k++ {
			q := inner[k]
			mid := hearsay.Span{Start: max(q.Text.Start, p.Bytes.Start), End: min(q.Text.End, p.Bytes.End)}
			b := bytesOf(q, mid)
			if same {
				shift := p.Text.Start - p.Bytes.Start
				out = append(out, hearsay.Piece{Text: hearsay.Span{Start: mid.Start + shift, End: mid.End + shift}, Bytes: b})
				continue
			}
			if whole.Empty() {
				whole = b
			}
			whole = hearsay.Span{Start: min(whole.Start, b.Start), End: max(whole.End, b.End)}
		}
		if !same && !whole.Empty() {
			out = append(out, hearsay.Piece{Text: p.Text, Bytes: whole})
		}
	}
	return out
}
