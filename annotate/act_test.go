package annotate

import (
	"strings"
	"testing"

	"hearsay"
	"hearsay/internal/score"
)

// cueIn makes the analysis of a sentence, and the tokens of its pieces in
// square brackets.
func cueIn(t testing.TB, a *Annotator, sentence string) (*analysis, []words) {
	t.Helper()
	var text strings.Builder
	var spans []hearsay.Span
	for _, r := range sentence {
		switch r {
		case '[':
			spans = append(spans, hearsay.Span{Start: text.Len()})
		case ']':
			spans[len(spans)-1].End = text.Len()
		default:
			text.WriteRune(r)
		}
	}
	d := report(text.String())
	x := &analysis{doc: d, text: d.Text, lex: a.lex}
	x.ts = tokens(d, a.lex)
	x.qs = quotations(x.ts, x.text)
	x.ss = sentences(x.ts, x.text, x.qs, a.lex)
	return x, x.tokensOf(t, spans)
}

// tokensOf returns the tokens that spans hold.
func (a *analysis) tokensOf(t testing.TB, spans []hearsay.Span) []words {
	t.Helper()
	var cue []words
	for _, s := range spans {
		w := words{}
		for i := range a.ts {
			if a.ts[i].Start < s.End && s.Start < a.ts[i].End {
				if w.empty() {
					w.from = i
				}
				w.to = i + 1
			}
		}
		if !w.empty() {
			cue = append(cue, w)
		}
	}
	return cue
}

// TestAct reads cues of every kind: the cue in square brackets, then its main
// word, mode and force, and "not" where the report says that it was not done.
func TestAct(t *testing.T) {
	a := load(t)
	for row := range strings.Lines(actTable) {
		row = strings.TrimSpace(row)
		if row == "" {
			continue
		}
		sentence, want, ok := strings.Cut(row, "| ")
		if !ok {
			t.Fatalf("no expectation in %q", row)
		}
		x, cue := cueIn(t, a, strings.TrimSpace(sentence))
		lemma, mode, force, negated := x.act(cue)
		got := lemma + ", " + string(mode) + " " + string(force)
		if negated {
			got += ", not"
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", sentence, got, want)
		}
	}
}

const actTable = `
	The mayor of Thorn [said] the bridge was safe.                        | say, speech say
	Ott [had already told] the council so.                                | tell, speech say
	Ott [did not say] when the pool would open.                           | say, speech say, not
	Ott [didn't say] who paid.                                            | say, speech say, not
	Ott [has never said] she would leave.                                 | say, speech say, not
	Ott [not only said] it but wrote it.                                  | say, speech say
	Brand [no longer supports] the toll.                                  | support, attitude agree, not
	Brand [neither confirmed nor denied] the sale.                        | confirm, speech confirm, not
	The clerk [denied] the sale.                                          | deny, speech deny
	The clerk [did not deny] the sale.                                    | deny, speech deny, not
	The clerk [declined to comment].                                      | decline, speech decline
	The clerk [refused to say] who signed.                                | refuse, speech decline
	The clerk [would not comment on] the sale.                            | comment, speech say, not
	Lind [failed to mention] the debt.                                    | mention, speech say, not
	Lind [never failed to mention] the debt.                              | mention, speech say
	Lind [avoided any mention of] the debt.                               | mention, speech say, not
	Lind [has yet to respond to] the letter.                              | respond to, speech say, not
	Lind [stopped short of calling for] a strike.                         | call for, speech ask, not
	Lind answered [without naming] the firm.                              | name, speech say, not
	Lind [made no mention of] the debt.                                   | mention, speech say, not
	Lind [has no plans to] move.                                          | plan, attitude promise, not
	Lind [has no doubt] that the team will win.                           | have no doubt, thought claim
	Lind [has absolutely no doubt] about the team.                        | have no doubt, thought claim
	Lind [made no secret of] her anger.                                   | make no secret, speech concede
	Lind [made clear] that she would stay.                                | make clear, speech say
	Lind [made it very clear] that she would stay.                        | make clear, speech say
	Lind [has not made clear] what she wants.                             | make clear, speech say, not
	Lind [made a strong case] for the tram.                               | make case, speech claim
	Lind [would like] to see the tram return.                             | would like, attitude ask
	Lind [would also like to see] the tram return.                        | would like, attitude ask
	Lind [doesn't like] the tram.                                         | like, attitude agree, not
	Lind [seems to suggest] that trams are slow.                          | suggest, speech suggest
	Lind [seems] to have lost interest.                                   | seem, evidence say
	Lind [began to complain] about the noise.                             | complain, speech accuse
	Lind [began quibbling about] the noise.                               | quibbling, speech say
	Lind [continued to argue] that trams are slow.                        | argue, speech claim
	Lind [went on to praise] the drivers.                                 | praise, speech praise
	Lind [is trying to persuade] the council.                             | persuade, speech claim
	Lind [was adamant] that nobody slept.                                 | adamant, speech claim
	Lind [is confident] of winning.                                       | confident, thought claim
	Lind [was not very confident] of winning.                             | confident, thought claim, not
	Lind [is hopeful] that it will rain.                                  | hopeful, attitude say
	Lind [was unaware] of the plan.                                       | unaware, thought say
	Lind [is well aware] of the plan.                                     | aware, thought say
	Lind [was furious] about the plan.                                    | furious, attitude accuse
	Lind [is deeply worried about] the dam.                               | worry, attitude warn
	Lind [sounded optimistic about] the dam.                              | optimistic, attitude say
	Lind [is wary of] the dam.                                            | wary, attitude warn
	Lind [is skeptical of] the plan.                                      | skeptical, thought deny
	Lind [is unwilling to] sell.                                          | unwilling, attitude decline
	Lind [was grateful for] the help.                                     | grateful, attitude thank
	Lind [remains opposed to] the toll.                                   | oppose, attitude deny
	The ferry [is expected] to sail at noon.                              | expect, attitude predict
	The ferry [is not expected] to sail.                                  | expect, attitude predict, not
	The captain [is believed] to have slept.                              | believe, thought claim
	The captain [was asked] about the storm.                              | ask, speech ask
	The captain [was accused] of sleeping.                                | accuse, speech accuse
	The captain [was quoted as saying] that it rained.                    | quote, writing say
	The captain [is supposed] to have slept.                              | supposed, attitude predict
	The captain [issued a warning] about the storm.                       | warning, speech warn
	The captain [expressed concern] over the storm.                       | concern, attitude warn
	The captain [expressed no concern] over the storm.                    | concern, attitude warn, not
	The captain [made the claim] in court.                                | claim, speech claim
	The captain [gave permission] to land.                                | give permission, act agree
	The captain [gave a speech attacking] the owners.                     | attack, speech accuse
	The captain [gave a short speech].                                    | speech, speech say
	The captain [launched a fierce attack on] the owners.                 | attack, speech accuse
	The captain [drew criticism from] the owners.                         | criticism, speech accuse
	The captain [paid tribute to] the crew.                               | pay tribute, speech praise
	The captain [took the owners to task].                                | take to task, speech accuse
	The captain [took issue with] the owners.                             | take issue, speech deny
	The captain [raised serious questions about] the hull.                | raise question, speech ask
	The captain [cast doubt on] the report.                               | cast doubt, speech accuse
	The captain [sent a letter urging] repairs.                           | urge, speech ask
	The captain [shared her belief] that it leaked.                       | belief, thought claim
	The captain [broke the news] on Monday.                               | break news, speech announce
	The captain [wrote in a letter] that it leaked.                       | write, writing say
	The captain [said in a statement] that it leaked.                     | say, speech say
	The captain [turned] the offer [down].                                | turn down, speech decline
	The captain [turned it down].                                         | turn down, speech decline
	The captain [ruled out] a change.                                     | rule out, speech deny
	The captain [brushed off] the complaints.                             | brush off, speech deny
	The captain [spoke out against] the toll.                             | speak out, speech say
	The captain [came out against] the toll.                              | come out against, speech deny
	The captain [called again for] repairs.                               | call for, speech ask
	The captain [pointed out] the rust.                                   | point out, speech say
	The captain [rallied behind] the mate.                                | rally behind, attitude agree
	The captain [backed away from] the claim.                             | back away, speech deny
	The captain [would back] the mate.                                    | back, attitude agree
	The captain [backs] the mate.                                         | back, attitude agree
	The captain [has long argued] that it leaks.                          | argue, speech claim
	The captain [vowed to] repair it.                                     | vow, speech promise
	The captain [agreed] that it leaks.                                   | agree, speech agree
	The captain [is ready to] sail.                                       | ready, attitude promise
	The captain [wants] a new hull.                                       | want, attitude ask
	The captain [has decided to] sail.                                    | decide, thought announce
	The captain [tweeted] a picture of the hull.                          | tweet, writing say
	The captain [re-tweeted] the picture.                                 | re-tweet, writing say
	The captain [posted a message mocking] the owners.                    | post, writing say
	The captain [authored] a book on rust.                                | author, writing say
	The council [voted] to close the pool.                                | vote, act say
	The council [banned] bicycles.                                        | ban, act order
	The council [signed off on] the plan.                                 | sign off, writing confirm
	The council [overturned] the ban.                                     | overturn, act deny
	The council [nominated] Ms Ott.                                       | nominate, act announce
	The family [sued] the builder.                                        | sue, act accuse
	The poll [shows] Ott in the lead.                                     | show, evidence say
	The poll [showed strong support for] Ott.                             | support, attitude agree
	The survey [found] that most slept.                                   | find, evidence say
	The tape [appears to show] the theft.                                 | appear, evidence say
	It is [clear] that the dam leaks.                                     | clear, evidence say
	[According to] the mayor, the dam leaks.                              | according to, speech say
	[In the view of] the mayor, the dam leaks.                            | in the view of, thought say
	[In the eyes of] the mayor, the dam leaks.                            | in the eyes of, thought say
	[To] the mayor, the dam leaks.                                        | to, thought claim
	[In] a letter the mayor calls it a leak.                              | in, writing say
	The mayor was [reportedly] asleep.                                    | reportedly, speech claim
	The mayor is [allegedly] asleep.                                      | allegedly, speech claim
	Fenn's [warning] that the dam leaks was late.                         | warning, speech warn
	Fenn's [repeated calls for] repairs were late.                        | repeat, speech say
	Her [call for] repairs came late.                                     | call for, speech ask
	The mayor's [plan] is to sell the pool.                               | plan, attitude promise
	[Critics of] the toll met in Thorn.                                   | critic, attitude accuse
	[Supporters of] the toll met in Thorn.                                | supporter, attitude agree
	A [rumour] that the dam leaks spread fast.                            | rumour, speech claim
	Their [fears] of a flood grew.                                        | fear, attitude warn
	There was [an outcry over] the toll.                                  | outcry, speech accuse
	The [rulings] on tolls were clear.                                    | ruling, act order
	The mayor spoke[:] "The dam leaks."                                   | :, speech say
	The dam leaks [-] engineer                                            | -, speech say
	The dam leaks [–] engineer                                            | -, speech say
	Mayor [Slams] Dam Owner Over Leak                                     | slam, speech accuse
	Mayor [Did Not Say] Who Owns the Dam                                  | say, speech say, not
	The mayor [told The Thorn Post in an interview] that it leaks.        | tell, speech say
	The mayor [says, with a shrug,] that it leaks.                        | say, speech say
	The mayor [is said to have told] friends that it leaks.               | say, speech say
	The mayor [admitted] having slept.                                    | admit, speech concede
	The mayor [owned up to] having slept.                                 | own up, speech concede
	The mayor [apologised for] the leak.                                  | apologise, speech concede
	The mayor [thanked] the divers.                                       | thank, speech thank
	The mayor [congratulated] the divers.                                 | congratulate, speech praise
	The mayor [is] against the toll.                                      | be, attitude say
	The mayor is [against] the toll.                                      | against, attitude deny
	The mayor [zorbled] that it leaks.                                    | zorbled, speech say
	The mayor [is zorbish about] the dam.                                 | zorbish, attitude say
	The mayor [counterclaims] that it holds.                              | counterclaim, speech deny
	The mayor [overemphasised] the leak.                                  | overemphasised, speech say
	The mayor’s [unveiling of] the plan drew few.                         | unveiling, speech announce
	She[’d like] the dam mended.                                            | would like, attitude ask
	The mayor [can’t say] when.                                           | say, speech say, not
`

// TestEveryRowOfActsIsReachable holds that a cue of the words of each row gives
// that row, and that no row repeats what cues.txt and nouns.txt say.
func TestEveryRowOfActsIsReachable(t *testing.T) {
	a := load(t)
	seen := map[string]bool{}
	for i := range a.lex.acts {
		row := a.lex.acts[i].meaning()
		if seen[row.lemma] {
			t.Errorf("acts.txt has %q twice", row.lemma)
		}
		seen[row.lemma] = true
		x, cue := cueIn(t, a, "[in "+row.lemma+"]")
		cue[0].from++ // a small word before it, so that a noun may be one
		lemma, mode, force, _ := x.act(cue)
		if (meaning{lemma, mode, force}) != row {
			t.Errorf("%q gives %q, %s %s, not %s %s", row.lemma, lemma, mode, force, row.mode, row.force)
		}
		first, _, _ := strings.Cut(row.lemma, " ")
		w := a.lex.words[first]
		if w == nil {
			continue
		}
		for _, v := range w.cues {
			if v.lemma == row.lemma {
				t.Errorf("cues.txt has %q, too", row.lemma)
			}
		}
		if w.noun != nil && w.noun.lemma == row.lemma {
			t.Errorf("nouns.txt has %q, too", row.lemma)
		}
	}
}

// TestEveryHintIsKnown holds that the words of the first lines of acts.txt tell
// something by themselves, but for those that only turn or open a cue.
func TestEveryHintIsKnown(t *testing.T) {
	a := load(t)
	for s, h := range a.lex.hints {
		if h&(small|undo|finding) != 0 {
			continue
		}
		if first, _, _ := strings.Cut(s, " "); !a.lex.has(first, s) {
			t.Errorf("no file of the lexicon says what %q means", s)
		}
	}
}

// has reports whether one of the files that say what words mean has a lemma that
// begins with a word.
func (l *lexicon) has(first, lemma string) bool {
	for i := l.actsBy[first]; i > 0; i = l.acts[i-1].next {
		if l.acts[i-1].meaning().lemma == lemma {
			return true
		}
	}
	w := l.words[first]
	if w == nil {
		return false
	}
	for _, v := range w.cues {
		if v.lemma == lemma {
			return true
		}
	}
	return w.noun != nil && w.noun.lemma == lemma
}

// TestWhatDocumentsSay holds that a document writes and a study finds out.
func TestWhatDocumentsSay(t *testing.T) {
	a := load(t)
	for sentence, want := range map[string]hearsay.Mode{
		"[The statement] said it leaks.":            hearsay.Writing,
		"[A letter from the owners] said it leaks.": hearsay.Writing,
		"[The study] said it leaks.":                hearsay.Evidence,
		"[Two polls] said so.":                      hearsay.Evidence,
		"[The figures] said so.":                    hearsay.Evidence,
		"[The mayor] said it leaks.":                hearsay.Speech,
		"[The head of the survey office] said so.":  hearsay.Speech,
		"[Ann Ott] said so.":                        hearsay.Speech,
		"[A report by the inspectorate] said so.":   hearsay.Writing,
		"[New research] said so too":                hearsay.Evidence,
	} {
		x, w := cueIn(t, a, sentence)
		if got := x.statedBy(w[0], hearsay.Speech); got != want {
			t.Errorf("%s: got %s, want %s", sentence, got, want)
		}
		if got := x.statedBy(w[0], hearsay.Thought); got != hearsay.Thought {
			t.Errorf("%s: made %s of a thought", sentence, got)
		}
	}
}

func TestActsErrorsNameTheRow(t *testing.T) {
	for _, line := range []string{"vow", "vow speech", "vow speech pledge", "vow shouting promise", "heavy: lead"} {
		l := &lexicon{actsBy: map[string]int32{}, actForms: map[string]string{}, hints: map[string]hint{}}
		if err := l.actLine(line); err == nil {
			t.Errorf("%q was read without an error", line)
		}
	}
}

// TestActsOfPolNeAR counts the cues of PolNeAR's training part whose main word
// the lexicon has.
func TestActsOfPolNeAR(t *testing.T) {
	articles, err := score.PolNeAR(corpora(t, "polnear/train"))
	if err != nil {
		t.Fatal(err)
	}
	a := load(t)
	all, known := 0, 0
	for _, article := range articles {
		d := report(article.Text)
		x := &analysis{doc: d, text: d.Text, lex: a.lex}
		x.ts = tokens(d, a.lex)
		byStart := map[int]int{}
		for i := range x.ts {
			byStart[x.ts[i].Start] = i
		}
		for _, g := range article.Gold {
			var cue []words
			for _, s := range g.Cue {
				from, ok := byStart[s.Start]
				to := from
				for ok && to < len(x.ts) && x.ts[to].Start < s.End {
					to++
				}
				if to > from {
					cue = append(cue, words{from, to})
				}
			}
			if len(cue) == 0 {
				continue
			}
			all++
			lemma, _, _, _ := x.act(cue)
			first, _, _ := strings.Cut(lemma, " ")
			if !strings.ContainsAny(lemma, "abcdefghijklmnopqrstuvwxyz") || a.lex.has(first, lemma) {
				known++
			}
		}
	}
	if share := float64(known) / float64(all); share < 0.98 {
		t.Errorf("the lexicon has the main word of %.2f %% of %d cues, want 98 %%", 100*share, all)
	} else {
		t.Logf("the lexicon has the main word of %.2f %% of %d cues", 100*share, all)
	}
}

func BenchmarkAct(b *testing.B) {
	a := load(b)
	x, cue := cueIn(b, a, "The mayor [was once again said to have issued a very stern warning] that it leaks.")
	b.ReportAllocs()
	for b.Loop() {
		x.act(cue)
	}
}
