package compare

// carryReach is how many words apart two words may stand that were moved
// together.
const carryReach = 5

// movedQuotations finds quotations that stand in another place of the other
// statement, inside quotation marks and in other words. What was only moved,
// or cut at its ends, is no change.
func (x *alignment) movedQuotations(out []Change) []Change {
	for i := 0; i < len(x.a.words); i++ {
		j := x.carried(i)
		if j < 0 {
			continue
		}
		core, sure := region{i, i + 1, j, j + 1}, x.moved[i] >= 0
		count := 1
		for k := i + 1; k < min(len(x.a.words), core.a1+carryReach) && x.a.together(k-1, k); k++ {
			if t := x.carried(k); t >= core.b1 && t < core.b1+carryReach && x.b.together(core.b1-1, t) {
				core.a1, core.b1 = k+1, t+1
				count++
				sure = sure || x.moved[k] >= 0
			}
		}
		if sure && (count > 1 && x.reworded(core) || count == 1 && x.swappedAt(i, j)) {
			g := x.phraseAround(core)
			out = append(out, Change{QuotedWords, g.spanA(x), g.spanB(x)})
		}
		i = core.a1 - 1
	}
	return out
}

// swappedAt reports whether a quoted word that moved is followed or led by
// another word, where what stands on its other side moved with it: "a certain
// carelessness", "a certain malice".
func (x *alignment) swappedAt(i, j int) bool {
	if x.a.words[i].form != x.b.words[j].form {
		return false
	}
	alike := func(d int) bool {
		return x.beside(i, j, d) && x.a.words[i+d].form == x.b.words[j+d].form
	}
	swapped := func(d int) bool {
		return x.beside(i, j, d) && x.otherQuoted(i+d, j+d) && x.a.words[i+d].content() && x.b.words[j+d].content() && x.partner(i+d) < 0 && x.partnerBack(j+d) < 0
	}
	return alike(-1) && swapped(1) || alike(1) && swapped(-1)
}

// beside reports whether both quotations go on beside two words.
func (x *alignment) beside(i, j, d int) bool {
	if i+d < 0 || j+d < 0 || i+d >= len(x.a.words) || j+d >= len(x.b.words) {
		return false
	}
	return x.a.together(min(i, i+d), max(i, i+d)) && x.b.together(min(j, j+d), max(j, j+d))
}

// carried returns the quoted word of b, out of order, that a quoted word of a
// stands for; -1 for none.
func (x *alignment) carried(i int) int {
	if x.a.words[i].quote == 0 || x.to[i] >= 0 {
		return -1
	}
	j := x.partner(i)
	if j < 0 || x.from[j] >= 0 || x.b.words[j].quote == 0 {
		return -1
	}
	return j
}

// together reports whether words up to another one stand in one quotation with
// it, and in one sentence, and nothing was left out between.
func (s *Said) together(from, to int) bool {
	for k := from + 1; k <= to; k++ {
		w := &s.words[k]
		if w.quote != s.words[from].quote || w.stop || w.gap {
			return false
		}
	}
	return true
}

// reworded reports whether two ranges of quoted words differ, or else the
// words beside them, as far as both quotations go on.
func (x *alignment) reworded(g region) bool {
	if x.a.bracketed(g.a0, g.a1) || x.b.bracketed(g.b0, g.b1) {
		return false
	}
	if !x.sameForms(g) {
		return true
	}
	before := g.a0 > 0 && g.b0 > 0 && x.a.together(g.a0-1, g.a0) && x.b.together(g.b0-1, g.b0) && x.otherQuoted(g.a0-1, g.b0-1)
	after := g.a1 < len(x.a.words) && g.b1 < len(x.b.words) && x.a.together(g.a1-1, g.a1) && x.b.together(g.b1-1, g.b1) && x.otherQuoted(g.a1, g.b1)
	return before || after
}

// sameForms reports whether two ranges have the same words, but for fillers.
func (x *alignment) sameForms(g region) bool {
	i, j := g.a0, g.b0
	for {
		for i < g.a1 && x.a.idle(i) {
			i++
		}
		for j < g.b1 && x.b.idle(j) {
			j++
		}
		if i == g.a1 || j == g.b1 {
			return i == g.a1 && j == g.b1
		}
		if x.a.words[i].form != x.b.words[j].form && !x.sameFigure(i, j) {
			return false
		}
		i++
		j++
	}
}

// otherQuoted reports whether two words are others, and neither counts for
// nothing or was put in by the outlet.
func (x *alignment) otherQuoted(i, j int) bool {
	w, v := &x.a.words[i], &x.b.words[j]
	return w.form != v.form && !x.sameFigure(i, j) && !x.a.idle(i) && !x.b.idle(j) && !w.square && !v.square
}

// phraseAround widens ranges of quoted words to what goes with them: up to a
// mark, and to what is tied elsewhere.
func (x *alignment) phraseAround(g region) region {
	g.a0, g.a1 = x.a.phraseAround(g.a0, g.a1, x.to)
	g.b0, g.b1 = x.b.phraseAround(g.b0, g.b1, x.from)
	return g
}

func (s *Said) phraseAround(from, to int, tied []int32) (int, int) {
	for from > 0 && !s.words[from].clause && s.together(from-1, from) && tied[from-1] < 0 {
		from--
	}
	for to < len(s.words) && !s.words[to].clause && s.together(to-1, to) && tied[to] < 0 {
		to++
	}
	return from, to
}
