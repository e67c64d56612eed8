package annotate

import "strings"

// This file finds the names of newspapers, agencies and broadcasters, that of the
// outlet that printed the report among them.

// outlet returns the words that name a newspaper, an agency or a broadcaster
// within a phrase, and whether the phrase stands for one ("the newspaper").
func (a *analysis) outlet(w words) (words, bool) {
	head := 0
	if !w.empty() {
		head = a.head(w)
	}
	for i := w.from; i < w.to; i++ {
		t := &a.ts[i]
		if !t.capital || t.kind != wordToken || i > head {
			continue
		}
		from, to := i, i+1
		for from > w.from && a.ts[from-1].capital && !a.ts[from-1].is(determiner) && !a.possessiveMark(from) {
			from--
		}
		for to < w.to && a.ts[to].capital && !a.possessiveMark(to) {
			to++
		}
		s := a.scene(i)
		switch {
		case a.isOwnOutlet(words{from, to}):
			return words{from, to}, true
		case s&outletName != 0 && (t.upper || to-from > 1 || a.low(*t) != "sky" && a.low(*t) != "fox"):
			return words{from, to}, true
		case s&outletTitle != 0 && (to-from > 1 || i > w.from && a.ts[i-1].low() == "the" && i == head):
			return words{from, to}, true
		case from > w.from && a.scene(from-1)&pressNoun != 0 && !a.ts[from-1].capital:
			return words{from, to}, true // "public broadcaster LVR"
		}
	}
	if w.empty() || a.scene(head)&pressNoun == 0 {
		return words{}, false
	}
	return words{}, true
}

// nameWords returns the words of an outlet's name in small letters, without its
// article; nil for one that is the name of a host.
func nameWords(outlet string) []string {
	const most = 8
	list := strings.Fields(strings.ToLower(outlet))
	if len(list) > 0 && list[0] == "the" {
		list = list[1:]
	}
	if len(list) > most || strings.Contains(outlet, ".") {
		return nil
	}
	return list
}

// isOwnOutlet reports whether a row of capitalised words names the outlet of the
// report: all of its name, or the end of it behind "the" ("the Lantern" in the
// Morning Lantern).
func (a *analysis) isOwnOutlet(w words) bool {
	n := w.to - w.from
	if n == 0 || n > len(a.printed) {
		return false
	}
	for i := range n {
		if a.low(a.ts[w.from+i]) != a.printed[len(a.printed)-n+i] {
			return false
		}
	}
	return n == len(a.printed) || w.from > 0 && a.ts[w.from-1].low() == "the"
}

// outletCalled returns what an outlet is called that a phrase names, "" for
// none: its words without the article; for the outlet of the report all of its
// name, also for "this newspaper".
func (a *analysis) outletCalled(w words) string {
	name, press := a.outlet(w)
	own := name
	if !own.empty() && a.ts[own.from].low() == "the" {
		own.from++
	}
	switch first := a.ts[w.from].low(); {
	case !own.empty() && a.isOwnOutlet(own), name.empty() && press && w.to-w.from == 2 && (first == "our" || first == "this"):
		if len(a.printed) > 0 {
			return strings.TrimPrefix(a.doc.Outlet, "The ")
		}
	}
	if name.empty() {
		return ""
	}
	return a.withoutArticle(name)
}

// pressName reports whether a row of capitalised words names a newspaper, an agency or a
// broadcaster: "the Harbour Post", "the Post", "CNN".
func (a *analysis) pressName(w words) bool {
	last, s := w.to-1, a.scene(w.to-1)
	behindThe := a.lowAt(w.from-1) == "the" && a.ts[w.from-1].block == a.ts[w.from].block
	switch low := a.lowAt(w.from); {
	case w.to-w.from > 1 && (low == "radio" || low == "channel" || low == "daily" || low == "television"):
		return true // "Radio Kestrel"
	case s&outletName != 0:
		return w.to-w.from == 1 && (a.ts[last].upper || a.ts[last].Len() > 4)
	case s&outletTitle == 0:
		return false
	}
	return behindThe || w.to-w.from > 1 && !a.givenAt(w.from) && !a.ts[last].is(title|role)
}

// givenBehindOutlet returns the token at which a person's name begins behind that of a
// newspaper or a broadcaster in one row of capitalised words, 0 where there is none.
func (a *analysis) givenBehindOutlet(i, hi int) int {
	const most = 4 // words of an outlet
	if a.givenAt(i) {
		return 0
	}
	for k := i + 1; k+1 < hi && k <= i+most; k++ {
		if a.givenAt(k) && !a.givenAt(k-1) && a.scene(k-1)&(outletName|outletTitle) != 0 && a.scene(hi-1)&outletTitle == 0 {
			return k
		}
	}
	return 0
}
