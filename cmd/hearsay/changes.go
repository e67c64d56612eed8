package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"hearsay"
	"hearsay/compare"
	"hearsay/export"
	"hearsay/ledger"
)

// changesCmd shows what changed in an article.
type changesCmd struct {
	ledgerFlag
	listFlags
	Of string `arg:"" name:"article" help:"The article: its URL, or the ID of a report or a statement of it, or the beginning of that."`
}

// Help is the part of the command's help under its first line.
func (changesCmd) Help() string {
	return `Shows what changed in the statements of an article from one version to the next: which are new, which are gone, and which were worded in another way, word by word. Versions are reports with the same URL and outlet, in the order in which they were published or fetched.

Examples:

    hearsay changes https://example.org/story
    hearsay changes --json c428a47a4c
    hearsay changes --csv https://example.org/story >changes.csv

Exit status: 0 done (there may be one version and nothing to compare), 1 something failed, 2 wrong usage, 3 there is no such article.`
}

// Run shows it.
func (c *changesCmd) Run(a *app) error {
	l, err := c.open(a)
	if err != nil {
		return err
	}
	defer l.Close()
	articles, err := c.articles(a.ctx, l)
	if err != nil {
		return err
	}
	table := changesTable()
	for _, ids := range articles {
		if err := c.article(a, l, ids, table); err != nil {
			return err
		}
	}
	if c.CSV != "" {
		return table.csv(a, c.CSV)
	}
	return nil
}

// articles returns the versions of each article that is meant: several outlets
// may have one of the same URL.
func (c *changesCmd) articles(ctx context.Context, l *ledger.Ledger) ([][]string, error) {
	if isAddress(c.Of) {
		found, err := l.At(ctx, c.Of)
		if err == nil && len(found) == 0 {
			err = fmt.Errorf("%s: %w", c.Of, ledger.ErrNotFound)
		}
		return found, err
	}
	id, err := l.ReportID(ctx, c.Of)
	var report *ledger.Report
	if err == nil {
		report, err = l.Document(ctx, id)
	}
	if errors.Is(err, ledger.ErrNotFound) {
		if id, err = l.StatementID(ctx, c.Of); err == nil {
			report, _, err = l.Statement(ctx, id)
		}
	}
	if errors.Is(err, ledger.ErrNotFound) {
		err = fmt.Errorf("report or statement %s: %w", c.Of, ledger.ErrNotFound)
	}
	if err != nil {
		return nil, err
	}
	versions, err := l.Versions(ctx, report.Document)
	if len(versions) == 0 { // its URL is not known
		versions = []string{report.ID}
	}
	return [][]string{versions}, err
}

// article shows the versions of one article, or puts them in the table.
func (c *changesCmd) article(a *app, l *ledger.Ledger, ids []string, table *listing) error {
	var before *ledger.Report
	for i, id := range ids {
		after, err := l.Document(a.ctx, id)
		if err != nil {
			return err
		}
		var b bytes.Buffer
		switch {
		case c.JSON && before != nil:
			err = export.Changed(&b, changesOf(before, after))
		case c.CSV != "" && before != nil:
			changeRows(table, changesOf(before, after))
		case !c.JSON && c.CSV == "":
			writeChanges(&b, a.screen(), before, after, i+1, len(ids))
		}
		if err == nil {
			err = a.print(b.Bytes())
		}
		if err != nil {
			return err
		}
		before = after
	}
	return nil
}

// changesOf compares two versions.
func changesOf(before, after *ledger.Report) export.Changes {
	x, y := allSaid(before), allSaid(after)
	out := export.Changes{Before: before.Document, After: after.Document}
	for _, p := range pairs(x, y) {
		change := export.Change{Verdict: string(p.verdict.Relation)}
		if p.a >= 0 {
			change.Before, change.TextBefore = &before.Statements[p.a], x[p.a].Text
		}
		if p.b >= 0 {
			change.After, change.TextAfter = &after.Statements[p.b], y[p.b].Text
		}
		switch {
		case p.a < 0:
			change.Verdict = "new"
		case p.b < 0:
			change.Verdict = "gone"
		case p.verdict.Relation == compare.Same:
			change.Verdict = "kept"
		default:
			for _, e := range p.verdict.Edits {
				change.Edits = append(change.Edits, export.Edit{Kind: string(e.Kind), A: e.A, B: e.B})
			}
			for _, k := range p.verdict.Changes {
				change.Points = append(change.Points, export.Edit{Kind: string(k.Kind), A: k.A, B: k.B})
			}
		}
		out.All = append(out.All, change)
	}
	return out
}

// changesTable is the head of the table of changes.
func changesTable() *listing {
	return &listing{head: []string{
		"url", "outlet", "before", "after", "published", "change", "speaker", "changes", "difference", "text_before", "text_after", "id_before", "id_after",
	}}
}

// changeRows puts the statements of two versions in the table, a row for each.
func changeRows(table *listing, c export.Changes) {
	published := ""
	if !c.After.Published.IsZero() {
		published = c.After.Published.Format(time.DateOnly)
	}
	for i := range c.All {
		one := &c.All[i]
		doc, s, idBefore, idAfter := c.Before, one.Before, "", ""
		if s != nil {
			idBefore = s.ID
		}
		if one.After != nil {
			doc, s, idAfter = c.After, one.After, one.After.ID
		}
		speaker, difference := "", ""
		if m := s.Speaker; m != nil {
			speaker = cmp.Or(m.Name, m.In(doc.Text))
		}
		if len(one.Edits) > 0 {
			difference = written(edited(one, false))
		}
		table.add(nil, c.After.URL, c.After.Outlet, c.Before.ID, c.After.ID, published, one.Verdict, speaker,
			strings.Join(changesIn(pointsOf(one), one.TextBefore, one.TextAfter), " | "), difference, one.TextBefore, one.TextAfter, idBefore, idAfter)
	}
}

// pointsOf has the points of a change as package compare has them.
func pointsOf(c *export.Change) *compare.Verdict {
	var v compare.Verdict
	for _, p := range c.Points {
		v.Changes = append(v.Changes, compare.Change{Kind: compare.ChangeKind(p.Kind), A: p.A, B: p.B})
	}
	return &v
}

func allSaid(r *ledger.Report) []compare.Said {
	out := make([]compare.Said, len(r.Statements))
	for i := range r.Statements {
		out[i] = compare.Of(r.Document, &r.Statements[i])
	}
	return out
}

// writeChanges prints one version, and what changed in it since the one before,
// which is nil for the first.
func writeChanges(b *bytes.Buffer, s screen, before, after *ledger.Report, number, of int) {
	f := sheet{w: b, colored: s.colored, columns: min(s.columns, textColumns)}
	if number == 1 {
		f.flow([]words{{bold, oneLine(cmp.Or(after.URL, after.Title, after.File))}}, "", "")
		f.flow([]words{{plain, joined([]string{oneLine(after.Outlet), counted(of, "version")})}}, "", "")
	}
	head := []string{fmt.Sprintf("Version %d", number)}
	if !after.Published.IsZero() {
		head = append(head, "published "+after.Published.Format("2 January 2006"))
	}
	if !after.Fetched.IsZero() {
		head = append(head, "fetched "+after.Fetched.UTC().Format("2 January 2006, 15:04 MST"))
	}
	head = append(head, counted(len(after.Statements), "statement"), after.ID[:min(shortID, len(after.ID))])
	f.newline()
	f.flow([]words{{bold, joined(head)}}, "", "")
	if before == nil {
		return
	}
	kept := 0
	for _, c := range changesOf(before, after).All {
		if c.Verdict == "kept" {
			kept++
			continue
		}
		d, st := after.Document, c.After
		if st == nil {
			d, st = before.Document, c.Before
		}
		f.change(d, st, &c)
	}
	f.flow([]words{{faint, cmp.Or(counted(kept, "statement"), "no statement") + " kept"}}, "  ", "  ")
}

// change prints one statement that is not as it was.
func (p *sheet) change(d *hearsay.Document, s *hearsay.Statement, c *export.Change) {
	speaker, st := "nobody named", faint
	if m := s.Speaker; m != nil {
		if speaker, st = oneLine(m.Name), speakerColor|bold; m.Name == "" {
			speaker, st = oneLine(m.In(d.Text)), faint
		}
	}
	cue := cmp.Or(s.Cue.Lemma, oneLine(s.Cue.In(d.Text)), "–")
	p.flow([]words{{bold, c.Verdict}, {faint, " · "}, {st, speaker}, {faint, " · "}, {cueColor, cue}, {faint, " · " + s.ID[:min(shortID, len(s.ID))]}}, "  ", "  ")
	runs := []words{{contentColor, oneLine(beginning(cmp.Or(c.TextAfter, c.TextBefore), mostContent))}}
	if len(c.Edits) > 0 {
		runs = edited(c, p.colored)
	}
	p.flow(runs, "      ", "      ")
	for _, k := range c.Points {
		text := strings.ReplaceAll(k.Kind, "_", " ")
		if a, b := k.A.In(c.TextBefore), k.B.In(c.TextAfter); a != "" || b != "" {
			text += ": " + quotedWords(shorten(oneLine(a), 60)) + " before, " + quotedWords(shorten(oneLine(b), 60)) + " now"
		}
		p.flow([]words{{faint, text}}, "      ", "        ")
	}
}

// edited is the text of a statement with what was cut and what was put in.
func edited(c *export.Change, colored bool) []words {
	edits := make([]compare.Edit, len(c.Edits))
	for i, e := range c.Edits {
		edits[i] = compare.Edit{Kind: compare.EditKind(e.Kind), A: e.A, B: e.B}
	}
	return difference(c.TextBefore, c.TextAfter, edits, colored)
}
