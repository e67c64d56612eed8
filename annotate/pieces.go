package annotate

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	unorm "golang.org/x/text/unicode/norm"
)

// mostPieces is the number of pieces of a token that the encoder sees.
const mostPieces = 8

// A splitter cuts tokens into the pieces that an encoder knows (WordPiece), as
// class Pieces of the trainer does, but for a last sigma.
type splitter struct {
	first, further      map[string]int32 // pieces that begin a word, and the others without their ##
	longest             int              // bytes of a piece
	begin, end, unknown int32
}

// newSplitter makes a splitter of the pieces that it knows, in order.
func newSplitter(vocabulary []string) (*splitter, error) {
	s := &splitter{first: make(map[string]int32, len(vocabulary)), further: make(map[string]int32, len(vocabulary)/4)}
	for i, piece := range vocabulary {
		table := s.first
		if rest, ok := strings.CutPrefix(piece, "##"); ok && rest != "" {
			table, piece = s.further, rest
		}
		table[piece] = int32(i)
		s.longest = max(s.longest, len(piece))
	}
	for name, id := range map[string]*int32{"[CLS]": &s.begin, "[SEP]": &s.end, "[UNK]": &s.unknown} {
		n, ok := s.first[name]
		if !ok {
			return nil, errors.New("no piece " + name)
		}
		*id = n
	}
	return s, nil
}

// plainMarks are the marks that stand for others in the pieces.
var plainMarks = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`, "«", `"`, "»", `"`, "„", `"`, "–", "-", "—", "-", "…", ".")

// split appends the pieces of a token, one at least.
func (s *splitter) split(to []int32, token string) []int32 {
	from := len(to)
	var low [32]byte
	if n := lowLetters(&low, token); n > 0 {
		to = s.greedy(to, string(low[:n]))
	} else {
		to = s.splitAny(to, token)
	}
	if len(to) == from {
		return append(to, s.unknown)
	}
	return to[:min(len(to), from+mostPieces)]
}

// lowLetters puts a token of ASCII letters and digits in small letters, and
// returns its length; 0 for another.
func lowLetters(low *[32]byte, token string) int {
	if len(token) > len(low) {
		return 0
	}
	for i := range len(token) {
		c := token[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case 'a' <= c && c <= 'z', isDigit(c):
		default:
			return 0
		}
		low[i] = c
	}
	return len(token)
}

// splitAny splits a token of any letters: it takes the accents away, and every
// mark is a word of its own.
func (s *splitter) splitAny(to []int32, token string) []int32 {
	token = unorm.NFD.String(strings.ToLower(plainMarks.Replace(token)))
	var word strings.Builder
	flush := func() {
		to = s.greedy(to, word.String())
		word.Reset()
	}
	for _, r := range token {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsPunct(r) || unicode.IsSymbol(r):
			flush()
			word.WriteRune(r)
			flush()
		default:
			word.WriteRune(r)
		}
	}
	flush()
	return to
}

// greedy appends the pieces of a word: the longest that it begins with, and so
// on. A word that is not made of pieces is one unknown piece.
func (s *splitter) greedy(to []int32, word string) []int32 {
	from, table := len(to), s.first
	for at := 0; at < len(word); table = s.further {
		end := min(len(word), at+s.longest)
		id, ok := table[word[at:end]]
		for !ok && end > at+1 {
			end--
			if utf8.RuneStart(word[end]) {
				id, ok = table[word[at:end]]
			}
		}
		if !ok {
			return append(to[:from], s.unknown)
		}
		to, at = append(to, id), end
	}
	return to
}
