package score

import (
	"math/rand/v2"
	"slices"
)

// A Report is what [Compare] found.
type Report struct {
	Articles int      `json:"articles"`
	Gold     int      `json:"gold"`  // attributions that people marked
	Found    int      `json:"found"` // attributions found
	Figures  []Figure `json:"figures"`
	Alpha    Alpha    `json:"alpha"`
}

// A Figure is one quality figure. Low and High bound F1 with 95 % confidence,
// from resampling the articles. Human is the F1 of one person against
// another, 0 where it was not measured.
type Figure struct {
	Name      string  `json:"-"`
	Gold      int     `json:"gold"`
	Found     int     `json:"found"`
	Right     int     `json:"right"` // of Gold
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
	Low       float64 `json:"low"`
	High      float64 `json:"high"`
	Human     float64 `json:"human,omitempty"`
}

// Alpha is Krippendorff's alpha by token over the labels speaker, cue, content
// and none of them.
type Alpha struct {
	Tokens int     `json:"tokens"`
	Alpha  float64 `json:"alpha"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	Human  float64 `json:"human"`
}

// names of the figures, as they stand in JSON and tables.
var names = [figures]string{
	speakerExact:         "speaker_exact",
	cueExact:             "cue_exact",
	contentExact:         "content_exact",
	contentExactDirect:   "content_exact_direct",
	contentExactMixed:    "content_exact_mixed",
	contentExactIndirect: "content_exact_indirect",
	speakerPiece:         "speaker_piece",
	cuePiece:             "cue_piece",
	contentPiece:         "content_piece",
	attributionExact:     "attribution_exact",
	contentHalf:          "content_half",
	attribution:          "attribution",
	attributionDirect:    "attribution_direct",
	attributionMixed:     "attribution_mixed",
	attributionSpeech:    "attribution_speech",
	attributionOther:     "attribution_other",
	contentCharacters:    "content_characters",
}

// Figure returns the figure of the given name, the zero Figure if there is
// none. Names: speaker_exact, cue_exact, content_exact, the same with _direct,
// _mixed, _indirect, speaker_piece, cue_piece, content_piece, attribution_exact, content_half, content_characters,
// attribution, the same with _direct, _mixed, _speech, _other.
func (r Report) Figure(name string) Figure {
	for _, f := range r.Figures {
		if f.Name == name {
			return f
		}
	}
	return Figure{}
}

const resamples = 1000

// report sums the tallies of the articles.
func report(tallies []tally) Report {
	var sum tally
	for i := range tallies {
		sum.add(&tallies[i])
	}
	r := Report{Articles: len(tallies), Gold: sum.counts[attribution].gold, Found: sum.counts[attribution].found}
	bounds := resample(tallies)
	for i, c := range sum.counts {
		p, q, f1 := c.rates()
		low, high := interval(bounds[i])
		r.Figures = append(r.Figures, Figure{names[i], c.gold, c.found, c.right, p, q, f1, low, high, human[i]})
	}
	r.Alpha = Alpha{Tokens: sum.tokens.total(), Alpha: sum.tokens.alpha(), Human: humanAlpha}
	r.Alpha.Low, r.Alpha.High = interval(bounds[figures])
	return r
}

// rates returns precision, recall and F1; a rate of nothing is 0.
func (c count) rates() (precision, recall, f1 float64) {
	precision, recall = ratio(c.rightFound, c.found), ratio(c.right, c.gold)
	if precision+recall > 0 {
		f1 = 2 * precision * recall / (precision + recall)
	}
	return precision, recall, f1
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// resample draws as many articles as there are, with replacement, many times,
// and returns F1 of every figure and, last, alpha of every draw. The draws are
// the same at every call.
func resample(tallies []tally) [figures + 1][]float64 {
	var drawn [figures + 1][]float64
	random := rand.New(rand.NewPCG(1, 2))
	for range resamples {
		var sum tally
		for range tallies {
			sum.add(&tallies[random.IntN(len(tallies))])
		}
		for i, c := range sum.counts {
			_, _, f1 := c.rates()
			drawn[i] = append(drawn[i], f1)
		}
		drawn[figures] = append(drawn[figures], sum.tokens.alpha())
	}
	return drawn
}

// interval returns the bounds that hold 95 % of the values between them.
func interval(values []float64) (low, high float64) {
	slices.Sort(values)
	cut := len(values) / 40
	return values[cut], values[len(values)-1-cut]
}
