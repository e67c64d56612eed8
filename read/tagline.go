package read

import (
	"regexp"
	"strings"
	"sync"

	"hearsay"
)

// tagWords are the words with which authors describe themselves, and those
// that make a sentence of a description.
var tagWords = sync.OnceValue(func() (w struct{ self, sentence, other map[string]bool }) {
	g := groups("taglines")
	w.self, w.sentence, w.other = set(g["self"]), set(g["sentence"]), set(g["other"])
	return w
})

// isTagLine reports whether block i of list is an author's description of
// himself, at the end of the report and led in by nothing. Behind the credit
// line the report is over, and less is asked of it.
func isTagLine(text string, list []hearsay.Block, i int) bool {
	if i == 0 || i < len(list)-2 {
		return false
	}
	if before := list[i-1].In(text); strings.HasSuffix(before, ":") || strings.HasSuffix(before, ",") {
		return false
	}
	t := tagLineOf(list[i].In(text))
	if list[i-1].Kind == hearsay.Credit {
		return t.people > 0 && t.people*2 >= t.fragments
	}
	return t.people*3 >= t.fragments*2 && t.people > 0 && (t.own == t.fragments || t.own > 0 && t.fragments > 2)
}

// A tagLine is what a line that may be one is made of.
type tagLine struct {
	fragments int // parts that end with a stop, without the verb of a sentence; 0 for no such line
	people    int // of these, what names somebody with an attribute: "Certified lover of music"
	own       int // of these, what has a word that such lines are made of
}

// The most fragments that a tag line has, and the most words of one.
const maxFragments, maxFragment = 6, 7

func tagLineOf(s string) tagLine {
	s = strings.Trim(s, "“”\"'‘’ ")
	if !strings.HasSuffix(s, ".") || len(s) > maxFurniture {
		return tagLine{}
	}
	var t tagLine
	w := tagWords()
	for f := range strings.SplitSeq(strings.TrimSuffix(s, "."), ". ") {
		words := strings.Fields(strings.ToLower(f))
		if t.fragments++; len(words) == 0 || len(words) > maxFragment || t.fragments > maxFragments {
			return tagLine{}
		}
		own, head := false, ""
		for i, word := range words {
			word = strings.Trim(word, ",;:!()")
			stem, _, _ := strings.Cut(strings.ReplaceAll(word, "’", "'"), "'")
			if w.sentence[stem] || strings.ContainsAny(word, "0123456789“”\"") {
				return tagLine{}
			}
			own = own || w.self[word]
			if words[i] = word; head == "" && w.other[word] && i > 0 {
				head = words[i-1] // "breaker of kettles"
			}
		}
		if head == "" {
			head = words[len(words)-1]
		}
		if len(words) > 1 && !w.other[words[0]] && (w.self[head] || isAgent(head)) {
			t.people++
			if own {
				t.own++
			}
		}
	}
	if t.fragments < 2 {
		return tagLine{}
	}
	return t
}

var agent = regexp.MustCompile(`^[a-z-]{2,}(?:er|or|ist|eer|ster|ian|holic|phile|head|maniac)$`)

// isAgent reports whether a word looks like the name of somebody who does
// something.
func isAgent(word string) bool { return agent.MatchString(word) && !tagWords().other[word] }
