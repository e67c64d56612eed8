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
	Medium    *Mention // what carried it: "CNN radio", "a televised meeting"; nil where the report does not say
	Place     *Mention // where it was said; nil where the report does not say
	When      *Moment  // when it was said; nil where the report does not say
	Also      []Voice  // who else said the same: "as Ott did in Harrow on Monday"

	Numbers []Quantity // claimed in the content, in order
	Times   []Moment   // told of in the content, in order
	Checks  []Check    // what the report itself says of its truth
	Answers string     // ID of the statement that this one denies, confirms or disputes; "" for none

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

// A Moment is a time as a report tells it, with the days that are meant.
type Moment struct {
	Span

	// From and To are the first and the last day, as 2006-01-02, or where the
	// report gives a time of day the first and the last minute, as
	// 2006-01-02T15:04, with the offset from UTC behind it where the report
	// states the zone: 2006-01-02T15:04-04:00. Both are inclusive. An end that is
	// open or unknown is "".
	From, To string
}

// A Voice is a further speaker of the same content.
type Voice struct {
	Mention
	Place *Mention // where; nil where the report does not say
	When  *Moment  // when; nil where the report does not say
}

// A Quantity is a number that a statement claims: how many of what, whose, and
// what happened to them.
type Quantity struct {
	Span // with the words that bound it and the unit: "more than 160 tanks"

	Value  float64 // the number; the lower one of a range; a share is a fraction of 1
	Upto   float64 // the higher one of a range; 0 for none
	Bound  Bound
	Unit   string   // what is counted or measured, in the singular and in small letters: "tank", "kilometre", "euro"; "" where unknown
	Share  bool     // a part of a whole: "a quarter", "12 percent"
	Of     Span     // the whole of which it is a share: "foreign-supplied vehicles"; empty where unknown
	Holder *Mention // whose it is, or whom it befell: "Ukraine"; nil where unknown
	Did    string   // what happened to it, a verb in the dictionary's form: "lose"; "" where unknown
}

// Bound says how a number is meant.
type Bound string

// The bounds; "" is unknown.
const (
	Exactly  Bound = "exactly"
	MoreThan Bound = "more_than"
	AtLeast  Bound = "at_least"
	LessThan Bound = "less_than"
	AtMost   Bound = "at_most"
	About    Bound = "about"
	Almost   Bound = "almost"
	Between  Bound = "between" // Value and Upto are the ends
)

// A Check is a remark of the report on the truth of a statement.
type Check struct {
	Span
	By      *Mention // who checked, or would not say; nil where the report does not tell
	Finding Finding
	Covers  Cover
}

// Finding says what came of a check.
type Finding string

// The findings; "" is unknown.
const (
	CouldNotVerify Finding = "could_not_verify" // tried, or was not able to
	NotVerified    Finding = "not_verified"     // nobody has confirmed it; no evidence was given
	Verified       Finding = "verified"         // confirmed by, seen by
	Disputed       Finding = "disputed"         // contradicted by what others found or say
	Denied         Finding = "denied"
	NoComment      Finding = "no_comment" // declined to comment, did not respond
)

// Cover says how far a check reaches.
type Cover string

// The covers; "" is unknown.
const (
	CoversStatement Cover = "statement" // the statement or statements that it follows
	CoversSpeaker   Cover = "speaker"   // all that the speaker says in the report
	CoversReport    Cover = "report"    // all of the report
)

// An Event is a meeting, visit, call, interview or summit that a report tells
// of.
type Event struct {
	Kind         EventKind
	Span                   // the words that tell of it
	Participants []Mention // in the order of the text
	Place        *Mention  // nil where the report does not say
	When         *Moment   // nil where the report does not say
	Planned      bool      // was still to come when the report was published
}

// EventKind says what an event is.
type EventKind string

// The kinds of event; "" is unknown.
const (
	Meeting   EventKind = "meeting"
	Visit     EventKind = "visit"
	Call      EventKind = "call"
	Interview EventKind = "interview"
	Summit    EventKind = "summit"
)

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
