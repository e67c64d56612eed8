package read

import "unicode/utf8"

// maxTimes is how many times over a text is believed to be misread.
const maxTimes = 3

// deep decodes the character that runes stand for after so many misreadings
// as windows-1252 or ISO 8859-1, and says how many runes those are; 0 if none.
func (m *misreader) deep(runes []rune, times int) (rune, int) {
	if len(runes) == 0 {
		return 0, 0
	}
	if times == 0 {
		return runes[0], 1
	}
	var b [utf8.UTFMax]byte
	used, n := 0, 0
	for need := 1; n < need; n++ {
		r, size := m.deep(runes[used:], times-1)
		if size == 0 || r >= rune(len(m.bytes)) {
			return 0, 0
		}
		c := m.bytes[r][0]
		if n == 0 {
			need = lengthOf(c)
		}
		if c < 0x80 || n > 0 && c >= 0xc0 || need < 2 {
			return 0, 0
		}
		b[n], used = c, used+size
	}
	r, size := utf8.DecodeRune(b[:n])
	return onlyIf(size == n, r, used)
}

// onlyIf returns a character and its length where it is good.
func onlyIf(good bool, r rune, n int) (rune, int) {
	if !good {
		return 0, 0
	}
	return r, n
}

// lengthOf returns how many bytes of UTF-8 begin with c, 0 where none do.
func lengthOf(c byte) int {
	switch {
	case c < 0xc2 || c > 0xf4:
		return 0
	case c < 0xe0:
		return 2
	case c < 0xf0:
		return 3
	}
	return 4
}

// unfold decodes what was misread twice or more, as often as can be, and
// leaves the rest as it is. It returns nil where there is nothing of the kind.
func (m *misreader) unfold(runes []rune) []rune {
	var out []rune
	for i := 0; i < len(runes); {
		put, n := runes[i], 0
		for times := maxTimes; times > 1 && n == 0; times-- {
			if put, n = m.deep(runes[i:], times); n == 0 || put < 0xa0 {
				put, n = m.deepQuote(runes[i:], times)
			}
		}
		switch {
		case n == 0:
			put, n = runes[i], 1
		case out == nil:
			out = append(make([]rune, 0, len(runes)), runes[:i]...)
		}
		if out != nil {
			out = append(out, put)
		}
		i += n
	}
	return out
}

// deepQuote decodes a closing quotation mark whose last byte, which
// windows-1252 leaves undefined, is lost in whole or in part.
func (m *misreader) deepQuote(runes []rune, times int) (rune, int) {
	a, n := m.deep(runes, times-1)
	if n == 0 || a != 'â' {
		return 0, 0
	}
	b, k := m.deep(runes[n:], times-1)
	if k == 0 || b != '€' {
		return 0, 0
	}
	at := n + k
	for at < len(runes) {
		switch {
		case runes[at] == 'Ã' && at+1 < len(runes) && runes[at+1] == '‚':
			at += 2
		case runes[at] == 'Â', runes[at] == '\u009d' && at > n+k:
			at++
		default:
			return onlyIf(at > n+k, '”', at)
		}
	}
	return onlyIf(at > n+k, '”', at)
}

// whole decodes a cluster that stands for valid UTF-8 from one end to the
// other in a misreading, nil otherwise.
func (m *misreader) whole(runes []rune, k int) []rune {
	out := make([]rune, 0, len(runes)/2)
	for i := 0; i < len(runes); {
		r, size := m.sequence(runes[i:], k)
		if size == 0 || r < 0xa0 {
			return nil
		}
		out, i = append(out, r), i+size
	}
	return out
}

// witnesses tells which misreadings a text was certainly in, so that what is
// doubtful by itself may be decoded as the rest of the text.
type witnesses [len(misreadings)]bool

// hear asks the clusters of a text. A misreading as windows-1252, whose
// characters are common in clean text, is believed only where each cluster of
// the text bears it out.
func hear(clusters []cluster) witnesses {
	m := misread()
	var sure, against [len(misreadings)]int
	for _, c := range clusters {
		runes := []rune(c.text[c.start:c.end])
		for k := range misreadings {
			out := m.whole(runes, k)
			switch {
			case out == nil:
				against[k]++
			case len(out) >= runLength && script(out[0]) > 1:
				sure[k] += 2
			case c.believes(runes, k):
				sure[k]++
			}
		}
	}
	var w witnesses
	for k := range w {
		if misreadings[k].latin {
			w[k] = sure[k] >= 2 && against[k] == 0
		} else {
			w[k] = sure[k] >= 1 && sure[k]*2 >= against[k]
		}
	}
	return w
}

// believes reports whether the first of the characters that the cluster stands
// for in a misreading is certain by itself.
func (c cluster) believes(runes []rune, k int) bool {
	before, _ := utf8.DecodeLastRuneInString(c.text[:c.start])
	after, _ := utf8.DecodeRuneInString(c.text[c.end:])
	n, found := place{runes: runes, before: before, after: after}.read()
	return n > 0 && found == k
}

// byWitness decodes a cluster as the text it stands in was misread, nil where
// it cannot be.
func (c cluster) byWitness(runes []rune) []rune {
	for k, certain := range c.known {
		if !certain {
			continue
		}
		if out := misread().whole(runes, k); out != nil {
			return out
		}
	}
	return nil
}

// isPartOfUTF8 reports whether the control character at i belongs to UTF-8
// that was read as ISO 8859-1.
func isPartOfUTF8(runes []rune, i int) bool {
	for back := 1; back <= 3 && back <= i; back++ {
		if runes[i-back] > 0xff {
			return false
		}
		if _, n := misread().sequence(runes[i-back:], 0); n > back {
			return true
		}
	}
	return false
}
