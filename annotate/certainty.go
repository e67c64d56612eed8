package annotate

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"

	"hearsay"
)

// How sure the tagger is of a statement is a logistic function of what the
// network thinks of its parts, fitted on articles that it was not trained on.
// en.score holds the weights, one a line by name; TestCalibration writes it.

//go:embed en.score
var enScore string

// The evidence for a statement.
const (
	evidenceBias    = iota // 1
	evidenceCue            // log odds that the least likely token of the cue is one
	evidenceBegin          // that the cue begins where it does
	evidenceContent        // that the tokens of the content belong to one, on average
	evidenceFirst          // that a content begins where it does
	evidenceSpeaker        // that the least likely token of the speaker is one; 0 without
	evidenceNone           // 1 without a speaker
	evidenceShared         // 1 where the speaker is taken over from the statement before
	evidenceRule           // 1 where a rule found the cue, too
	evidenceDirect         // 1 for direct speech
	evidenceMixed          // 1 for mixed
	evidences
)

var evidenceNames = [evidences]string{
	"bias", "cue", "cue_begin", "content", "content_begin", "speaker", "no_speaker", "shared_speaker", "rule", "direct", "mixed",
}

type evidence [evidences]float64

// readScore reads the weights.
func readScore(text string) (evidence, error) {
	var w evidence
	seen := 0
	for n, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		f := strings.Fields(line)
		at := -1
		for i, name := range evidenceNames {
			if f[0] == name {
				at = i
			}
		}
		if len(f) != 2 || at < 0 {
			return w, fmt.Errorf("en.score:%d: want a name and a number, not %q", n+1, line)
		}
		v, err := strconv.ParseFloat(f[1], 64)
		if err != nil {
			return w, fmt.Errorf("en.score:%d: %w", n+1, err)
		}
		w[at] = v
		seen++
	}
	if seen != int(evidences) {
		return w, fmt.Errorf("en.score: %d numbers, want %d", seen, evidences)
	}
	return w, nil
}

// weigh collects the evidence for an attribution of the tagger.
func (a *analysis) weigh(at *attribution, chances [][Tags]float64) evidence {
	e := evidence{evidenceBias: 1, evidenceRule: float64(truth(at.ruled)), evidenceShared: float64(truth(at.implied))}
	e[evidenceCue] = leastLogOdds(chances, at.cue, CueBegin)
	e[evidenceBegin] = logOdds(chances[at.cue.from][CueBegin])
	switch a.quoting(at) {
	case hearsay.Direct:
		e[evidenceDirect] = 1
	case hearsay.Mixed:
		e[evidenceMixed] = 1
	}
	first := at.content[0]
	e[evidenceFirst] = logOdds(chances[first.from][ContentBegin])
	n := 0
	for _, c := range at.content {
		for i := c.from; i < c.to; i++ {
			e[evidenceContent] += chances[i][ContentBegin] + chances[i][ContentInside]
			n++
		}
	}
	e[evidenceContent] = logOdds(e[evidenceContent] / float64(max(n, 1)))
	if at.speaker.empty() {
		e[evidenceNone] = 1
	} else {
		e[evidenceSpeaker] = leastLogOdds(chances, at.speaker, SpeakerBegin)
	}
	return e
}

// sure returns the probability of a statement.
func (w *evidence) sure(e evidence) float64 {
	sum := 0.0
	for i, v := range e {
		sum += float64(w[i] * v)
	}
	return 1 / (1 + math.Exp(-sum))
}

// thousandths rounds a probability: more digits would promise more than there is.
func thousandths(p float64) float64 { return math.Round(1000*p) / 1000 }

func logOdds(p float64) float64 {
	p = min(max(p, 1e-4), 1-1e-4)
	return math.Log(p / (1 - p))
}

// leastLogOdds returns the log odds of the token of w that is least likely to
// have the tag or the one behind it.
func leastLogOdds(chances [][Tags]float64, w words, tag Tag) float64 {
	least := 1.0
	for i := w.from; i < w.to; i++ {
		least = min(least, chances[i][tag]+chances[i][tag+1])
	}
	return logOdds(least)
}
