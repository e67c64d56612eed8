package hearsay

import "strconv"

// A Statement is one act of saying, writing or thinking that a report
// attributes to somebody.
type Statement struct {
	ID      string // StatementID of the document and the cue
	Quoting Quoting
	Mode    Mode
	Force   Force
	Negated bool // the report says that it was not said: "did not say"

	Content   []Span   // what was said, in pieces where the report interrupts it; never empty
	Cue       Cue      // the words that report it; zero where there are none
	Speaker   *Mention // who said it; nil where the report names nobody (Because says why)
	Addressee *Mention // who was told; nil where the report does not say

	Within  string   // ID of the statement that reports this one; "" for none
	Because []Reason // which rule or model decided what, and on which words
	Score   float64  // how sure the annotator is, 0 to 1
}

// A Cue is the words that report a statement: "said", "according to", ":".
type Cue struct {
	Span
	Lemma string // its main word in the dictionary's form: "tell" for "had told"
}

// A Mention is a span that names somebody.
type Mention struct {
	Span
	Kind MentionKind
	Name string // the fullest name that the report supports; "" where unknown
	Role string // office or description that the report gives; "" where unknown
	Why  string // why Name is empty: one of the Why constants
}

// Why a mention has no name.
const (
	WhyAmbiguous   = "ambiguous"     // more than one could be meant
	WhyUnnamed     = "unnamed"       // the report keeps the name to itself
	WhyNotInReport = "not_in_report" // somebody is meant whom the report does not name
)

// A Reason signs a decision: the rule or model that made it and the words it
// was made on.
type Reason struct {
	Rule string
	Span
}

// Quoting says how the words are given.
type Quoting string

// The ways of quoting; "" is unknown.
const (
	Direct   Quoting = "direct"   // all of it in quotation marks, or a transcript
	Indirect Quoting = "indirect" // none of it
	Mixed    Quoting = "mixed"    // part of it
)

// Mode says what kind of act a statement is.
type Mode string

// The modes; "" is unknown.
const (
	Speech   Mode = "speech"
	Writing  Mode = "writing"
	Thought  Mode = "thought"  // knows, thinks, believes
	Attitude Mode = "attitude" // hopes, wants, plans, fears
	Evidence Mode = "evidence" // the poll shows, the document reveals
	Act      Mode = "act"      // decrees, approves, votes
)

// Force says what was done by saying it.
type Force string

// The forces; "" is unknown.
const (
	Say      Force = "say"
	Claim    Force = "claim"
	Deny     Force = "deny"
	Confirm  Force = "confirm"
	Concede  Force = "concede"
	Ask      Force = "ask"
	Order    Force = "order"
	Promise  Force = "promise"
	Thank    Force = "thank"
	Praise   Force = "praise"
	Accuse   Force = "accuse"
	Warn     Force = "warn"
	Suggest  Force = "suggest"
	Decline  Force = "decline"
	Announce Force = "announce"
	Agree    Force = "agree"
	Predict  Force = "predict"
)

// MentionKind says how somebody is named.
type MentionKind string

// The kinds of mention; "" is unknown.
const (
	ByName         MentionKind = "name"
	ByPronoun      MentionKind = "pronoun"
	ByNoun         MentionKind = "noun"  // "the outgoing NATO chief"
	ByGroup        MentionKind = "group" // "critics", "three senators"
	ByOrganisation MentionKind = "organisation"
	ByAnonymous    MentionKind = "anonymous" // "a source close to the talks"
)

// StatementID returns the identifier of a statement from that of its document
// and the span of its cue (of its first content where there is no cue), so
// that a better annotator keeps it.
func StatementID(document string, s Span) string {
	return hash(document, strconv.Itoa(s.Start), strconv.Itoa(s.End))
}
