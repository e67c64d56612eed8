package compare

// mostKin bounds the words of each statement that are compared by their
// vectors: the first so many that neither order nor place has tied.
const mostKin = 48

// A kin is the word of the other statement that lies nearest to a word.
type kin struct {
	at   int32   // -1 for none
	near float32 // the cosine of the angle between the two; contraries stand for one another, too
	like float32 // how much of the word the other tells, likewise
}

// content reports whether a word says something of its own, so that its vector
// counts.
func (w *word) content() bool {
	const other = particle | pronoun | filler | negation | modal | condition | about | number | ordinal | day | month
	return w.class&other == 0 && !w.silent
}

// relate finds for each word that is not tied the nearest of the other
// statement's words, for so many of each at most.
func (x *alignment) relate(most int) {
	n, m := len(x.a.words), len(x.b.words)
	all := make([]kin, n+m)
	for i := range all {
		all[i].at = -1
	}
	x.kinA, x.kinB = all[:n:n], all[n:]
	v := allVectors()
	if most == 0 {
		return
	}
	restA, restB := x.a.contents(most), x.b.contents(most)
	for _, i := range restA {
		w := &x.a.words[i]
		for _, j := range restB {
			if x.to[i] >= 0 && x.from[j] >= 0 {
				continue // both have their own
			}
			like := v.near(w.vector, x.b.words[j].vector)
			near := like
			if x.contrary(w, &x.b.words[j]) {
				near, like = max(near, contraryNear(w, &x.b.words[j])), max(like, contraryLike)
			}
			if near > x.kinA[i].near {
				x.kinA[i] = kin{j, near, like}
			}
			if near > x.kinB[j].near {
				x.kinB[j] = kin{i, near, like}
			}
		}
	}
}

// contraryNear is how near contraries are: they speak of the same thing, where both
// are in the list; words of like sense may have another one.
func contraryNear(w, v *word) float32 {
	if w.class&v.class&listed != 0 {
		return 0.8
	}
	return kinNear
}

// contrary reports whether two words say the contrary of one another.
func (x *alignment) contrary(a, b *word) bool {
	return a.class&b.class&contrarious != 0 && tables().contrary[mix(a.meant(), b.meant())]
}

// partner returns the word of b that a word of a stands for, by order, place
// or meaning; -1 for none.
func (x *alignment) partner(i int) int {
	p := partner(x.to[i], x.moved[i], x.kinA[i])
	if p >= 0 && x.to[i] < 0 && x.from[p] >= 0 && x.a.words[x.from[p]].lemma == x.b.words[p].lemma && x.a.words[i].lemma == x.b.words[p].lemma {
		return -1 // it has the same word before or after it for a partner
	}
	return p
}

// partnerBack is partner for a word of b.
func (x *alignment) partnerBack(j int) int {
	p := partner(x.from[j], x.movedBack[j], x.kinB[j])
	if p >= 0 && x.from[j] < 0 && x.to[p] >= 0 && x.b.words[x.to[p]].lemma == x.a.words[p].lemma && x.b.words[j].lemma == x.a.words[p].lemma {
		return -1
	}
	return p
}

func partner(tied, moved int32, near kin) int {
	switch {
	case tied >= 0:
		return int(tied)
	case moved >= 0:
		return int(moved)
	case near.near >= kinNear:
		return int(near.at)
	}
	return -1
}

// contraryLike is how much of a word its contrary tells, at least.
const contraryLike = 0.5

// kinNear is how near a word has to be to stand for another.
const kinNear = 0.5

// contents returns the first words that say something and have vectors or
// contraries.
func (s *Said) contents(most int) []int32 {
	out := make([]int32, 0, min(most, len(s.words)))
	for i := range s.words {
		if w := &s.words[i]; (w.vector != 0 || w.class&contrarious != 0) && w.content() {
			if out = append(out, int32(i)); len(out) == most {
				break
			}
		}
	}
	return out
}

// A meaning is how near two statements lie to one another.
type meaning struct {
	both  float64 // how much of both is in the other
	least float64 // how much of the one of which less is in the other
	rest  float64 // how much of what they do not share has something near it in the other, in the one of which less has
	open  float64 // how many bits have nothing near them in the other, in the one of which more have not
	mean  float64 // the cosine of the angle between the means of both, less where words have no vectors
}

// meaning compares what the two say by the vectors of their words.
func (x *alignment) meaning() meaning {
	a := x.a.covered(x.b, x.to, x.moved, x.kinA)
	b := x.b.covered(x.a, x.from, x.movedBack, x.kinB)
	return meaning{
		both:  (a.had + b.had) / max(1, a.all+b.all),
		least: min(a.had/max(1, a.all), b.had/max(1, b.all)),
		rest:  min(a.rest(), b.rest()),
		open:  max(a.all-a.had, b.all-b.had),
		mean:  x.a.middle.near(&x.b.middle) * float64(min(x.a.placed, x.b.placed)),
	}
}

// A cover is how much of a statement another one has, in bits.
type cover struct {
	all, had   float64 // in all, and in the same or in near words of the other
	other, kin float64 // in words that the other does not have, and in words of it near those
}

// rest returns how much of what the other does not have has something near it.
func (c cover) rest() float64 {
	if c.other == 0 {
		return 1
	}
	return c.kin / max(1, c.other)
}

// covered returns how much of the statement the other one has.
func (s *Said) covered(other *Said, to, moved []int32, near []kin) cover {
	var c cover
	for i := range s.words {
		w := &s.words[i]
		content := w.content()
		if !content && w.class&(number|ordinal|day|month) == 0 || w.class&particle != 0 {
			continue
		}
		weight := w.tells()
		c.all += weight
		t := to[i]
		if t < 0 {
			t = moved[i]
		}
		if t >= 0 && match(w, &other.words[t]) >= senseMatch {
			c.had += weight
			continue
		}
		best := 0.0
		if near[i].at >= 0 {
			best = nearness(near[i].like)
		}
		c.had += weight * best
		if content {
			c.other += weight
			c.kin += weight * best
		}
	}
	return c
}

// tells returns how many bits a word tells, by how often news has it.
func (w *word) tells() float64 {
	const common = 4 // bits of the most common words that say something
	if w.vector == 0 || w.class&^(contrarious|listed) != 0 {
		return float64(w.weight)
	}
	return max(1, float64(allVectors().bits[w.vector-1])/10-common)
}

// nearness is how much a cosine counts: below the first bound nothing.
func nearness(cos float32) float64 {
	const least, most = 0.2, 0.7
	return float64(min(1, max(0, (cos-least)/(most-least))))
}
