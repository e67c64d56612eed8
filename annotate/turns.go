package annotate

// turns tells which blocks are turns of a transcript: at least three blocks
// begin with a label, two labels differ and one comes back; or a question and
// its answer are all there is.
func (a *analysis) turns() map[int32]bool {
	var blocks []int32
	asks := false
	labels := map[string]int{}
	for k, s := range a.ss {
		if k > 0 && a.ss[k-1].block == s.block {
			continue
		}
		i := s.from
		if a.ts[i].kind == quoteMark {
			i++
		}
		if a.letterTurn(i) > 0 {
			blocks = append(blocks, s.block)
			asks = asks || a.ts[a.blockEnd(k)-1].mark == '?'
			labels[a.text[a.ts[i].Start:a.ts[i].Start+1]]++
			continue
		}
		c := a.colon(i, s.to)
		if c <= i || c+1 >= s.to || c-i > 6 || !a.nameLike(i, c) {
			continue
		}
		blocks = append(blocks, s.block)
		asks = asks || a.ts[a.blockEnd(k)-1].mark == '?'
		labels[a.text[a.ts[i].Start:a.ts[c-1].End]]++
	}
	repeated := 0
	for _, n := range labels {
		if n > 1 {
			repeated++
		}
	}
	found := map[int32]bool{}
	exchange := len(blocks) > 1 && asks && a.onlyLabels(blocks)
	if len(labels) < 2 || !exchange && (len(blocks) < 3 || repeated == 0) {
		return found
	}
	for _, b := range blocks {
		found[b] = true
	}
	return found
}

// onlyLabels reports whether every block from the first of those given on is one
// of them: a short exchange of questions and answers.
func (a *analysis) onlyLabels(blocks []int32) bool {
	n := 0
	for k, s := range a.ss {
		if s.block >= blocks[0] && (k == 0 || a.ss[k-1].block != s.block) {
			n++
		}
	}
	return n == len(blocks)
}
