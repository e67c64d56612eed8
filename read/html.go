package read

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	xhtml "golang.org/x/net/html"

	"hearsay"
)

// readHTML reads one page as a report: finds the report on it, lays its blocks
// out as text and takes what the page says of outlet, authors and date. What
// opt states wins. The notes of the document say where something less than the
// whole page could be read.
func readHTML(ctx context.Context, original []byte, in Input, opt Options) (*hearsay.Document, error) {
	ctx, cancel := context.WithTimeout(ctx, opt.withDefaults().Timeout)
	defer cancel()
	raw := decode(original, declaredCharset(original, in.Type))
	p, err := takeApart(ctx, raw.text)
	if err != nil {
		return nil, fmt.Errorf("read page: %w", err)
	}
	r := p.report(ctx)
	doc := &hearsay.Document{Original: original, Charset: raw.charset, Notes: r.notes}
	p.describe(doc, r, opt)
	w := &textWriter{page: p}
	for i := range r.blocks {
		w.block(&r.blocks[i])
	}
	doc.Text, doc.Blocks = string(w.text), w.blocks
	doc.Repairs = carried(raw.repairs, w.pieces, w.quotes)
	doc.Pieces = through(w.pieces, raw.pieces)
	if err := repair(ctx, doc); err != nil {
		return nil, err
	}
	if trimBlocks(doc); len(doc.Blocks) == 0 {
		return nil, errNoText
	}
	classify(doc)
	markCapitals(doc)
	finish(doc, in, opt)
	return doc, nil
}

// trimBlocks leaves white space out of the blocks that came to begin or end
// with it when other characters were taken out.
func trimBlocks(doc *hearsay.Document) {
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		b.Start += len(b.In(doc.Text)) - len(strings.TrimLeftFunc(b.In(doc.Text), unicode.IsSpace))
		b.End = b.Start + len(strings.TrimRightFunc(b.In(doc.Text), unicode.IsSpace))
	}
	doc.Blocks = slices.DeleteFunc(doc.Blocks, func(b hearsay.Block) bool { return b.Empty() })
}

// report finds the report that the page is there for.
func (p *htmlPage) report(ctx context.Context) *pageReport {
	l := newLayouter(p)
	root, err := p.tree(ctx)
	var chosen []bool
	if err != nil {
		l.feed(p.markup)
	} else {
		l.walk(root)
		if p.whole {
			chosen, err = mainContent(ctx, root, p)
		}
	}
	r := pick(l, chosen)
	r.root = root
	if err != nil {
		r.notes = append(r.notes, "main content of the page found in the simple way: "+err.Error())
	}
	return r
}

// tree parses the page into a tree of elements, as browsers do. It gives up at
// half the time that is left: the page can be read without.
func (p *htmlPage) tree(ctx context.Context) (*xhtml.Node, error) {
	if p.elements > maxElements {
		return nil, fmt.Errorf("%d elements, more than %d", p.elements, maxElements)
	}
	if end, ok := ctx.Deadline(); ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Until(end)/2)
		defer cancel()
	}
	return xhtml.Parse(&slowReader{ctx: ctx, r: bytes.NewReader(p.markup)})
}

// carried moves the repairs of the page's bytes to where the text has them
// now, and adds those that the text got.
func carried(old []hearsay.Repair, pieces []hearsay.Piece, more []hearsay.Repair) []hearsay.Repair {
	byBytes := slices.Clone(pieces)
	slices.SortFunc(byBytes, func(a, b hearsay.Piece) int { return cmp.Compare(a.Bytes.Start, b.Bytes.Start) })
	for _, r := range old {
		k, _ := slices.BinarySearchFunc(byBytes, r.Start, func(p hearsay.Piece, at int) int {
			if p.Bytes.End <= at {
				return -1
			}
			return 1
		})
		if k < len(byBytes) && byBytes[k].Bytes.Contains(r.Span) && byBytes[k].Text.Len() == byBytes[k].Bytes.Len() {
			shift := byBytes[k].Text.Start - byBytes[k].Bytes.Start
			r.Start, r.End = r.Start+shift, r.End+shift
			more = append(more, r)
		}
	}
	slices.SortStableFunc(more, func(a, b hearsay.Repair) int { return cmp.Compare(a.Start, b.Start) })
	return more
}

// declaredCharset returns the charset that the sender or the first bytes of
// the page name, "" for none.
func declaredCharset(original []byte, mediaType string) string {
	if name := charsetOf(mediaType); name != "" {
		return name
	}
	z := xhtml.NewTokenizer(bytes.NewReader(original[:min(len(original), 4<<10)]))
	for {
		switch z.Next() {
		case xhtml.ErrorToken:
			return ""
		case xhtml.StartTagToken, xhtml.SelfClosingTagToken:
			name, more := z.TagName()
			if string(name) != "meta" {
				continue
			}
			var attrs attributes
			for more {
				var key, value []byte
				key, value, more = z.TagAttr()
				if string(key) == "charset" && len(value) > 0 {
					return string(value)
				}
				attrs.add(key, value)
			}
			if strings.EqualFold(attrs.get("http-equiv"), "content-type") {
				if name := charsetOf(attrs.get("content")); name != "" {
					return name
				}
			}
		}
	}
}
