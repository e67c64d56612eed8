package ledger

import (
	"encoding/json"
	"fmt"

	"hearsay"
)

// The JSON of the columns about, layout and rest. Offsets count bytes of the text. A
// field with nothing to say is left out. It is of the format of the schema:
// whoever changes it writes a migration.
//
// It is not the JSON of export, whose offsets count code points and which repeats
// the words of each span: who reads that has no text at hand. Here the words
// stand in the text alone, so that no record can say others than its report, and
// all comes back that the types have: of whom a number is there, not only the name.
type (
	aboutJSON struct {
		Bylines  []string `json:"bylines,omitempty"`
		Credits  []string `json:"credits,omitempty"`
		Initials []string `json:"initials,omitempty"`
		Charset  string   `json:"charset,omitempty"`
		Notes    []string `json:"notes,omitempty"`
	}
	layoutJSON struct {
		Blocks  []blockJSON  `json:"blocks,omitempty"`
		Repairs []repairJSON `json:"repairs,omitempty"`
		Pieces  [][4]int     `json:"pieces,omitempty"` // text from, to, bytes from, to
	}
	span      [2]int
	blockJSON struct {
		Kind hearsay.BlockKind `json:"kind"`
		At   span              `json:"at"`
	}
	repairJSON struct {
		Kind hearsay.RepairKind `json:"kind"`
		At   span               `json:"at"`
		Was  string             `json:"was,omitempty"`
	}
	statementJSON struct {
		Quoting   hearsay.Quoting `json:"quoting,omitempty"`
		Mode      hearsay.Mode    `json:"mode,omitempty"`
		Force     hearsay.Force   `json:"force,omitempty"`
		Negated   bool            `json:"negated,omitempty"`
		Content   []span          `json:"content,omitempty"`
		Cue       *cueJSON        `json:"cue,omitempty"`
		Speaker   *mentionJSON    `json:"speaker,omitempty"`
		Addressee *mentionJSON    `json:"addressee,omitempty"`
		Medium    *mentionJSON    `json:"medium,omitempty"`
		Place     *mentionJSON    `json:"place,omitempty"`
		When      *momentJSON     `json:"when,omitempty"`
		Also      []voiceJSON     `json:"also,omitempty"`
		Numbers   []quantityJSON  `json:"numbers,omitempty"`
		Times     []momentJSON    `json:"times,omitempty"`
		Checks    []checkJSON     `json:"checks,omitempty"`
		Answers   string          `json:"answers,omitempty"`
		Within    string          `json:"within,omitempty"`
		Because   []reasonJSON    `json:"because,omitempty"`
		Score     float64         `json:"score,omitempty"`
		Excerpts  []excerptJSON   `json:"excerpts,omitempty"`
	}
	cueJSON struct {
		At    span   `json:"at"`
		Lemma string `json:"lemma,omitempty"`
	}
	mentionJSON struct {
		At   span                `json:"at"`
		Kind hearsay.MentionKind `json:"kind,omitempty"`
		Name string              `json:"name,omitempty"`
		Role string              `json:"role,omitempty"`
		Why  string              `json:"why,omitempty"`
	}
	momentJSON struct {
		At   span   `json:"at"`
		From string `json:"from,omitempty"`
		To   string `json:"to,omitempty"`
	}
	voiceJSON struct {
		mentionJSON
		Place *mentionJSON `json:"place,omitempty"`
		When  *momentJSON  `json:"when,omitempty"`
	}
	quantityJSON struct {
		At     span          `json:"at"`
		Value  float64       `json:"value,omitempty"`
		Upto   float64       `json:"upto,omitempty"`
		Bound  hearsay.Bound `json:"bound,omitempty"`
		Unit   string        `json:"unit,omitempty"`
		Share  bool          `json:"share,omitempty"`
		Of     span          `json:"of,omitzero"`
		Holder *mentionJSON  `json:"holder,omitempty"`
		Did    string        `json:"did,omitempty"`
	}
	checkJSON struct {
		At      span            `json:"at"`
		By      *mentionJSON    `json:"by,omitempty"`
		Finding hearsay.Finding `json:"finding,omitempty"`
		Covers  hearsay.Cover   `json:"covers,omitempty"`
	}
	reasonJSON struct {
		Rule string `json:"rule"`
		At   span   `json:"at,omitzero"`
	}
	eventJSON struct {
		Kind         hearsay.EventKind `json:"kind,omitempty"`
		At           span              `json:"at"`
		Participants []mentionJSON     `json:"participants,omitempty"`
		Place        *mentionJSON      `json:"place,omitempty"`
		When         *momentJSON       `json:"when,omitempty"`
		Planned      bool              `json:"planned,omitempty"`
	}
	// excerptJSON is a hearsay.Excerpt. The words of a piece of the content are
	// left out: the column content has them.
	excerptJSON struct {
		From    int    `json:"from"`
		Shorter int    `json:"shorter,omitempty"` // by how much the code points before it are fewer than the bytes
		Words   string `json:"words,omitempty"`
	}
)

func aboutOf(d *hearsay.Document) aboutJSON {
	return aboutJSON{d.Bylines, d.Credits, d.Initials, d.Charset, d.Notes}
}

func layoutOf(d *hearsay.Document) layoutJSON {
	return layoutJSON{
		each(d.Blocks, func(b *hearsay.Block) blockJSON { return blockJSON{b.Kind, at(b.Span)} }),
		each(d.Repairs, func(r *hearsay.Repair) repairJSON { return repairJSON{r.Kind, at(r.Span), r.Was} }),
		each(d.Pieces, func(p *hearsay.Piece) [4]int {
			return [4]int{p.Text.Start, p.Text.End, p.Bytes.Start, p.Bytes.End}
		}),
	}
}

// lay gives a document its blocks, repairs and pieces.
func (j *layoutJSON) lay(d *hearsay.Document) {
	d.Blocks = each(j.Blocks, func(b *blockJSON) hearsay.Block { return hearsay.Block{Kind: b.Kind, Span: b.At.span()} })
	d.Repairs = each(j.Repairs, func(r *repairJSON) hearsay.Repair {
		return hearsay.Repair{Kind: r.Kind, Span: r.At.span(), Was: r.Was}
	})
	d.Pieces = each(j.Pieces, func(p *[4]int) hearsay.Piece {
		return hearsay.Piece{Text: hearsay.Span{Start: p[0], End: p[1]}, Bytes: hearsay.Span{Start: p[2], End: p[3]}}
	})
}

func statementOf(s *hearsay.Statement) statementJSON {
	j := statementJSON{
		Quoting: s.Quoting, Mode: s.Mode, Force: s.Force, Negated: s.Negated,
		Speaker: mentionOf(s.Speaker), Addressee: mentionOf(s.Addressee), Medium: mentionOf(s.Medium), Place: mentionOf(s.Place),
		When: momentOf(s.When), Answers: s.Answers, Within: s.Within, Score: s.Score,
	}
	if s.Cue != (hearsay.Cue{}) {
		j.Cue = &cueJSON{at(s.Cue.Span), s.Cue.Lemma}
	}
	j.Content = each(s.Content, func(p *hearsay.Span) span { return at(*p) })
	j.Also = each(s.Also, func(v *hearsay.Voice) voiceJSON {
		return voiceJSON{*mentionOf(&v.Mention), mentionOf(v.Place), momentOf(v.When)}
	})
	j.Numbers = each(s.Numbers, func(q *hearsay.Quantity) quantityJSON {
		return quantityJSON{at(q.Span), q.Value, q.Upto, q.Bound, q.Unit, q.Share, at(q.Of), mentionOf(q.Holder), q.Did}
	})
	j.Times = each(s.Times, func(m *hearsay.Moment) momentJSON { return *momentOf(m) })
	j.Checks = each(s.Checks, func(k *hearsay.Check) checkJSON {
		return checkJSON{at(k.Span), mentionOf(k.By), k.Finding, k.Covers}
	})
	j.Because = each(s.Because, func(r *hearsay.Reason) reasonJSON { return reasonJSON{r.Rule, at(r.Span)} })
	return j
}

func (j *statementJSON) statement(id string) hearsay.Statement {
	s := hearsay.Statement{
		ID: id, Quoting: j.Quoting, Mode: j.Mode, Force: j.Force, Negated: j.Negated,
		Speaker: j.Speaker.mention(), Addressee: j.Addressee.mention(), Medium: j.Medium.mention(), Place: j.Place.mention(),
		When: j.When.moment(), Answers: j.Answers, Within: j.Within, Score: j.Score,
	}
	if j.Cue != nil {
		s.Cue = hearsay.Cue{Span: j.Cue.At.span(), Lemma: j.Cue.Lemma}
	}
	s.Content = each(j.Content, func(p *span) hearsay.Span { return p.span() })
	s.Also = each(j.Also, func(v *voiceJSON) hearsay.Voice {
		return hearsay.Voice{Mention: *v.mention(), Place: v.Place.mention(), When: v.When.moment()}
	})
	s.Numbers = each(j.Numbers, func(q *quantityJSON) hearsay.Quantity {
		return hearsay.Quantity{
			Span: q.At.span(), Value: q.Value, Upto: q.Upto, Bound: q.Bound, Unit: q.Unit, Share: q.Share,
			Of: q.Of.span(), Holder: q.Holder.mention(), Did: q.Did,
		}
	})
	s.Times = each(j.Times, func(m *momentJSON) hearsay.Moment { return *m.moment() })
	s.Checks = each(j.Checks, func(k *checkJSON) hearsay.Check {
		return hearsay.Check{Span: k.At.span(), By: k.By.mention(), Finding: k.Finding, Covers: k.Covers}
	})
	s.Because = each(j.Because, func(r *reasonJSON) hearsay.Reason { return hearsay.Reason{Rule: r.Rule, Span: r.At.span()} })
	return s
}

func eventOf(e *hearsay.Event) eventJSON {
	return eventJSON{
		Kind: e.Kind, At: at(e.Span), Place: mentionOf(e.Place), When: momentOf(e.When), Planned: e.Planned,
		Participants: each(e.Participants, func(m *hearsay.Mention) mentionJSON { return *mentionOf(m) }),
	}
}

func (j *eventJSON) event() hearsay.Event {
	return hearsay.Event{
		Kind: j.Kind, Span: j.At.span(), Place: j.Place.mention(), When: j.When.moment(), Planned: j.Planned,
		Participants: each(j.Participants, func(m *mentionJSON) hearsay.Mention { return *m.mention() }),
	}
}

// each returns f of every element, nil for none.
func each[A, B any](list []A, f func(*A) B) []B {
	if len(list) == 0 {
		return nil
	}
	out := make([]B, len(list))
	for i := range list {
		out[i] = f(&list[i])
	}
	return out
}

func at(s hearsay.Span) span { return span{s.Start, s.End} }

func (s span) span() hearsay.Span { return hearsay.Span{Start: s[0], End: s[1]} }

func mentionOf(m *hearsay.Mention) *mentionJSON {
	if m == nil {
		return nil
	}
	return &mentionJSON{at(m.Span), m.Kind, m.Name, m.Role, m.Why}
}

func (j *mentionJSON) mention() *hearsay.Mention {
	if j == nil {
		return nil
	}
	return &hearsay.Mention{Span: j.At.span(), Kind: j.Kind, Name: j.Name, Role: j.Role, Why: j.Why}
}

func momentOf(m *hearsay.Moment) *momentJSON {
	if m == nil {
		return nil
	}
	return &momentJSON{at(m.Span), m.From, m.To}
}

func (j *momentJSON) moment() *hearsay.Moment {
	if j == nil {
		return nil
	}
	return &hearsay.Moment{Span: j.At.span(), From: j.From, To: j.To}
}

func decode(stored []byte, v any, what string) error {
	if err := json.Unmarshal(stored, v); err != nil {
		return fmt.Errorf("%s: what is stored cannot be read: %w", what, err)
	}
	return nil
}
