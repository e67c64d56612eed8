package annotate

// carried reads "in an interview with the Post", "on state television", "by
// telephone" at token i, and returns the token behind it; i where there is no
// medium.
func (a *analysis) carried(i, hi int, c *circumstance) int {
	low := a.ts[i].low()
	w := a.bare(i+1, hi)
	if w.empty() {
		return i
	}
	head := w.to - 1
	if !a.ts[head].capital || a.scene(head)&carrier == 0 {
		if h := a.head(w); a.scene(h)&carrier != 0 {
			head = h
		}
	}
	s := a.scene(head)
	outlet, press := a.outlet(w)
	posted := s&platform != 0 && a.ts[head].capital && w.to-w.from <= 3
	known := false
	if named := a.namedPress(w, hi); !named.empty() && low != "by" {
		w.to, outlet, known = named.to, named, true // "in the journal Cold Regions"
	}
	switch low {
	case "on":
		known = known || posted || s&onCarrier != 0 || press && !outlet.empty()
	case "in", "during", "at":
		known = known || low == "in" && s&onCarrier != 0 && a.platformWithin(w) || s&carrier != 0 && a.counted(w, head) || low == "in" && press && !outlet.empty()
	case "via", "through", "by", "over":
		known = posted && low == "via" || a.byMeans(w) || low != "by" && low != "over" && s&carrier != 0 && a.counted(w, head)
	}
	if !known || !c.medium.empty() {
		return i
	}
	c.medium, c.outlet = w, outlet
	if posted {
		c.outlet = w
	}
	return a.carriedOn(w.to, hi, s, c)
}

// namedPress returns the name behind a noun for a newspaper or the like: "Cold
// Regions" of "the journal Cold Regions", with "and" and what else belongs to it.
func (a *analysis) namedPress(w words, hi int) words {
	const most = 5 // words of a name
	for i := w.from; i < w.to; i++ {
		if a.scene(i)&pressNoun == 0 || a.ts[i].capital || i+1 >= hi || !a.ts[i+1].capital {
			continue
		}
		name := words{i + 1, i + 2}
		for name.to < hi && name.to-name.from < most && a.ts[name.to].kind == wordToken {
			if a.ts[name.to].capital && !a.ts[name.to].is(timeWord) {
				name.to++
			} else if name.to+1 < hi && (a.ts[name.to].low() == "and" || a.ts[name.to].low() == "of") && a.ts[name.to+1].capital {
				name.to += 2
			} else {
				break
			}
		}
		return name
	}
	return words{}
}

// platformWithin reports whether a phrase names a platform: "his Telegram channel".
func (a *analysis) platformWithin(w words) bool {
	for i := w.from; i < w.to; i++ {
		if a.ts[i].capital && a.scene(i)&platform != 0 {
			return true
		}
	}
	return false
}

// byMeans reports whether a phrase is a means of sending a message: "text
// message", "video link".
func (a *analysis) byMeans(w words) bool {
	for i := w.from; i < w.to; i++ {
		if a.scene(i)&bareCarrier != 0 {
			return true
		}
	}
	return false
}

// counted reports whether a phrase with a carrier as its head is one: it has an
// article or a possessive, is a plural, or needs none of them. "in response"
// and "in a report" differ by that.
func (a *analysis) counted(w words, head int) bool {
	if a.scene(head)&opinion != 0 && a.ts[w.from].is(possessive) {
		return false // "in her opinion"
	}
	if a.ts[w.from].is(determiner|possessive) || a.scene(head)&massCarrier != 0 && w.to > w.from {
		return a.low(a.ts[head]) != "court" && (a.low(a.ts[head]) != "talks" || w.to-w.from > 1)
	}
	for i := w.from; i < head; i++ {
		if a.possessiveMark(i) {
			return true
		}
	}
	return false
}

// trailing finds a medium behind a content that stands last: "accused them of
// “theft” in an interview with the Post".
func (a *analysis) trailing(at *attribution, c *circumstance) {
	if len(at.content) == 0 {
		return
	}
	last := at.content[len(at.content)-1]
	if last.from < at.cue.to || last.to < 1 {
		return
	}
	s := a.sentenceOf(last.to - 1)
	i := last.to
	if a.comma(i, s.to) {
		i++
	}
	if i >= s.to || !a.beside(i, c) {
		return
	}
	d := circumstance{quote: c.quote}
	if j := a.carried(i, s.to, &d); j > i && !d.medium.empty() {
		c.medium, c.outlet = d.medium, d.outlet
		if c.addressee.empty() {
			c.addressee, c.rule = d.addressee, d.rule
		}
	}
}

// publishedIn finds the medium inside a speaker that is a writing: "research
// published in the journal Cold Regions".
func (a *analysis) publishedIn(at *attribution, c *circumstance) {
	const most = 24 // tokens
	for i := at.speaker.from; i+1 < at.speaker.to && i < at.speaker.from+most; i++ {
		if a.scene(i)&passing == 0 || a.ts[i].capital {
			continue
		}
		j := i + 1
		if k := a.clock(j, at.speaker.to); k > j {
			j = k
		}
		d := circumstance{quote: a.ts[i].quote}
		if j < at.speaker.to && a.carried(j, at.speaker.to, &d) > j {
			c.medium, c.outlet = d.medium, d.outlet
		}
		return
	}
}

// carriedOn reads what follows a medium: with whom, to whom, in which outlet.
func (a *analysis) carriedOn(i, hi int, s scene, c *circumstance) int {
	for i+1 < hi && a.beside(i, c) {
		if j := a.clock(i, hi); j > i {
			i = j
			continue
		}
		low := a.ts[i].low()
		if (low == "and" || a.comma(i, hi)) && a.scene(i+1)&passing != 0 && !a.ts[i+1].capital && i+2 < hi && a.ts[i+2].is(preposition) {
			i++ // "a letter dated June 5 and obtained by the Post"
		}
		if a.scene(i)&passing != 0 && !a.ts[i].capital {
			i = a.passed(i, hi, c)
			continue
		}
		w := a.party(i+1, hi)
		if w.empty() || !a.ts[i].is(preposition) {
			return i
		}
		outlet, press := a.outlet(w)
		switch {
		case low == "with" && s&twoSided != 0, low == "to" && s&(sentCarrier|carrier) != 0, low == "before" && s&carrier != 0:
			if !a.canHear(w) || !c.addressee.empty() {
				return i
			}
			c.addressee, c.rule = w, "addressee-medium"
			if c.outlet.empty() {
				c.outlet = outlet
			}
		case (low == "on" || low == "in" || low == "for" || low == "by" || low == "from") && (press || a.scene(w.to-1)&platform != 0 && a.ts[w.to-1].capital):
			if c.outlet.empty() {
				c.outlet = outlet
			}
			if a.scene(w.to-1)&platform != 0 && a.ts[w.to-1].capital {
				if c.outlet = w; c.medium.to == i {
					c.medium.to = w.to // "a post on X"
				}
			}
		default:
			return i
		}
		i = w.to
	}
	return i
}

// passed reads "sent to parliament", "published in the Post", "seen by the
// Herald".
func (a *analysis) passed(i, hi int, c *circumstance) int {
	i++
	if i+1 >= hi || !a.ts[i].is(preposition) || a.clock(i, hi) > i {
		return i
	}
	w := a.party(i+1, hi)
	if w.empty() {
		return i
	}
	outlet, press := a.outlet(w)
	switch low := a.ts[i].low(); {
	case low == "to":
		if a.canHear(w) && c.addressee.empty() {
			c.addressee, c.rule = w, "addressee-medium"
		}
	case (low == "in" || low == "on") && press && c.outlet.empty():
		c.outlet = outlet
	case low == "on" && a.scene(w.to-1)&platform != 0 && a.ts[w.to-1].capital && c.outlet.empty():
		c.outlet = w
	}
	return w.to
}

// placed reads a place at token i: "in Harrow", "outside the court", "during a
// visit to Tollan". It returns i where there is none.
func (a *analysis) placed(i, hi int, c *circumstance) int {
	low := a.low(a.ts[i])
	from := i + 1
	switch low {
	case "in", "at", "from", "on", "aboard", "inside", "during":
	case "outside", "near", "beside", "off", "behind":
		from = i
	default:
		return i
	}
	w := a.bare(i+1, hi)
	if w.empty() {
		return i
	}
	head := w.to - 1
	if low == "during" || a.scene(head)&journey != 0 {
		if a.scene(head)&journey == 0 || w.to+1 >= hi || a.ts[w.to].low() != "to" && a.ts[w.to].low() != "of" && a.ts[w.to].low() != "in" {
			return i
		}
		w = a.bare(w.to+1, hi)
		from = w.from
		if w.empty() || !a.placeLike(w, "in") {
			return i
		}
	} else if !a.placeLike(w, low) {
		return i
	}
	place, name := a.wholePlace(words{from, w.to}, w, hi)
	if c.place.empty() {
		c.place, c.placeName = place, name
	}
	return place.to
}

// placeLike reports whether a phrase behind a preposition is a place.
func (a *analysis) placeLike(w words, low string) bool {
	head := a.head(w)
	t, s := &a.ts[head], a.scene(head)
	if t.is(timeWord) && !t.capital || t.kind != wordToken {
		return false
	}
	named := t.capital
	article := a.ts[w.from].is(determiner | possessive)
	if low == "on" {
		return s&uponPlace != 0 && (article || named)
	}
	if low == "aboard" {
		return named || article
	}
	if s&(placeNoun|settlement) != 0 && (article || a.possessiveWithin(w)) && !named {
		return true
	}
	switch {
	case !named || s&noPlace != 0 || t.is(month|weekday|title|role|group|demonym):
		return low == "in" && a.low(*t) == "parliament" || low == "from" && (a.low(*t) == "prison" || a.low(*t) == "jail")
	case s&locatedName != 0 && w.to-w.from > 1:
		return true
	case a.nobody(w) || low == "at" && s&(locatedName|placeNoun) == 0 && !article:
		return false
	}
	return true
}

func (a *analysis) possessiveWithin(w words) bool {
	for i := w.from; i < w.to; i++ {
		if a.possessiveMark(i) {
			return true
		}
	}
	return false
}

// nobody reports whether a capitalised phrase is no place since it names a body,
// an outlet or a platform.
func (a *analysis) nobody(w words) bool {
	if _, ok := a.outlet(w); ok {
		return true
	}
	for i := w.from; i < w.to; i++ {
		t := &a.ts[i]
		if t.capital && (t.is(organisation|document) && !t.is(title) && a.low(*t) != "city" && a.low(*t) != "state" || t.is(masculine|feminine) && i+1 < w.to) {
			return true
		}
		if t.kind == punctuation {
			return true
		}
	}
	return a.scene(w.to-1)&platform != 0
}

// wholePlace takes into a place the name behind it: "the capital, Sarrow", "a
// school in Harrow". It returns the place and its name.
func (a *analysis) wholePlace(place, w words, hi int) (whole, name words) {
	if a.ts[w.to-1].capital {
		name = w
		if a.ts[w.from].is(determiner) {
			name.from++
		}
		for name.from < name.to && !a.ts[name.from].capital {
			name.from++
		}
		return place, name
	}
	j := w.to
	settled := a.scene(a.head(w))&settlement != 0
	switch {
	case settled && a.comma(j, hi), settled && j < hi && a.ts[j].low() == "of", j < hi && (a.ts[j].low() == "in" || a.ts[j].low() == "at" || a.ts[j].low() == "near"):
		if v := a.bare(j+1, hi); !v.empty() && a.ts[v.from].capital && a.ts[v.to-1].capital && !a.ts[v.to-1].is(timeWord) && !a.nobody(v) {
			return words{place.from, v.to}, v
		}
	}
	for i := w.from; i < w.to; i++ {
		if a.ts[i].capital && i > w.from && a.ts[i-1].low() == "of" {
			return place, words{i, w.to}
		}
	}
	return place, words{}
}
