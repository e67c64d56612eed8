package compare

import (
	"slices"
	"strings"
	"unicode/utf8"

	"hearsay"
)

// Known is what a report tells of somebody, to be tied to who is known from
// other reports. A field left empty is unknown.
type Known struct {
	Name   string
	Role   string
	Kind   hearsay.MentionKind
	Lang   string // of the report
	Outlet string

	// Bearers is how many persons of this surname the caller knows, 0 where it
	// has not counted. A surname alone ties nobody where it is more than 1.
	Bearers int
}

// Tie says whether two mentions are of the same person or organisation.
type Tie string

// The ties. The zero Tie is unknown: one of the two tells neither name nor
// role.
const (
	Tied    Tie = "same"
	MayTie  Tie = "suggested" // for somebody to look at
	NotTied Tie = "different"
)

// Why two mentions were tied, or were not.
const (
	WhyFullName    = "full_name"    // the same, but for spelling, title, initials, middle names, order
	WhySurnameRole = "surname_role" // the same surname, and roles that agree
	WhySurname     = "surname"      // the same surname, and nothing more
	WhyGivenName   = "given_name"   // other given names, or no name but the given one
	WhyRole        = "role"         // roles that conflict, or roles and no more
	WhyOtherName   = "other_name"
	WhyLookalike   = "lookalike"   // letters that look like others
	WhyMisspelling = "misspelling" // one letter apart
	WhyAcronym     = "acronym"
	WhyKind        = "kind" // a person and an organisation
)

// Naming is a Tie with its reason.
type Naming struct {
	Tie Tie
	Why string
}

// Names decides whether two mentions are of the same person or organisation.
func Names(a, b Known) Naming {
	t := tables()
	if a.Name == b.Name && a.Name != "" && strings.Contains(a.Name, " ") && a.Role == b.Role {
		return Naming{Tied, WhyFullName}
	}
	p, q := t.parts(a.Name), t.parts(b.Name)
	roles := t.roles(a.Role, b.Role)
	if len(p) == 0 || len(q) == 0 {
		return unnamed(&a, &b, p, q, roles, t)
	}
	if (a.Kind == hearsay.ByOrganisation) != (b.Kind == hearsay.ByOrganisation) && a.Kind != "" && b.Kind != "" && !slices.Equal(p, q) {
		return Naming{NotTied, WhyKind}
	}
	n := sameName(p, q, t)
	switch {
	case n.Tie == Tied && len(p) == 1 && len(q) == 1 && (a.Kind == hearsay.ByOrganisation || b.Kind == hearsay.ByOrganisation):
		return n
	case n.Tie == Tied && (len(p) == 1 || len(q) == 1):
		return surname(&a, &b, roles)
	case n.Tie == Tied && roles == conflict && max(a.Bearers, b.Bearers) > 1:
		return Naming{MayTie, WhyRole}
	case n.Tie != NotTied:
		return n
	}
	if why := t.nearly(a.Name, b.Name, p, q); why != "" {
		return Naming{MayTie, why}
	}
	return n
}

// unnamed decides where one has no name: an office is held by others, too.
func unnamed(a, b *Known, p, q []string, roles agreement, t *lexicon) Naming {
	if len(p) == 0 && a.Role == "" || len(q) == 0 && b.Role == "" {
		return Naming{}
	}
	if len(p) == 0 && len(q) == 0 && roles == agree && fold(a.Role) == fold(b.Role) {
		return Naming{MayTie, WhyRole}
	}
	switch roles {
	case agree:
		return Naming{MayTie, WhyRole}
	case conflict:
		return Naming{NotTied, WhyRole}
	}
	return Naming{}
}

// surname decides on one surname alone.
func surname(a, b *Known, roles agreement) Naming {
	several := max(a.Bearers, b.Bearers) > 1
	switch {
	case roles == conflict:
		return Naming{NotTied, WhyRole}
	case roles == agree && !several:
		return Naming{Tied, WhySurnameRole}
	case roles == agree:
		return Naming{MayTie, WhySurnameRole}
	}
	return Naming{MayTie, WhySurname}
}

// titles are left out of names.
var titles = map[string]bool{
	"mr": true, "mrs": true, "ms": true, "miss": true, "dr": true, "doctor": true, "prof": true, "professor": true, "sir": true, "dame": true,
	"lord": true, "lady": true, "president": true, "minister": true, "prime": true, "senator": true, "sen": true, "rep": true, "gen": true,
	"general": true, "col": true, "colonel": true, "lt": true, "capt": true, "captain": true, "maj": true, "major": true, "sgt": true,
	"gov": true, "governor": true, "mayor": true, "judge": true, "justice": true, "chancellor": true, "king": true, "queen": true,
	"pope": true, "bishop": true, "archbishop": true, "cardinal": true, "rev": true, "father": true, "sheikh": true, "ayatollah": true,
	"secretary": true, "representative": true, "congressman": true, "congresswoman": true, "ambassador": true, "admiral": true, "adm": true,
	"jr": true, "sr": true, "ii": true, "iii": true, "the": true, "phd": true, "mp": true, "hon": true, "first": true,
}

// parts returns the names of a name, folded and in the spelling that is kept,
// without titles.
func (t *lexicon) parts(name string) []string {
	if name == "" {
		return nil
	}
	words := strings.FieldsFunc(fold(name), func(c rune) bool { return !isLetter(c) && !isApostrophe(c) })
	out := words[:0]
	for i, w := range words {
		w = strings.ReplaceAll(strings.TrimSuffix(w, "'s"), "'", "")
		if titles[w] && len(words) > 1 && !(i == len(words)-1 && len(out) == 0) || w == "" || w == "of" && len(words) > 2 {
			continue
		}
		if s := t.spelling[w]; s != "" {
			w = s
		}
		out = append(out, w)
	}
	return out
}

// sameName compares the parts of two names.
func sameName(p, q []string, t *lexicon) Naming {
	switch {
	case slices.Equal(p, q):
		return Naming{Tied, WhyFullName}
	case len(p) == 1 || len(q) == 1:
		return loneName(p, q)
	case p[len(p)-1] == q[len(q)-1]:
		return sameSurname(p, q, t)
	case sameSet(p, q):
		return Naming{Tied, WhyFullName} // family name first
	case joinedName(p) == joinedName(q):
		return Naming{Tied, WhyFullName} // "Kim Jong-un", "Kim Jong Un"
	}
	return Naming{NotTied, WhyOtherName}
}

func joinedName(p []string) string { return strings.Join(p, "") }

// loneName compares names one of which has one part.
func loneName(p, q []string) Naming {
	if len(p) > 1 {
		p, q = q, p
	}
	switch i := slices.Index(q, p[0]); {
	case i == len(q)-1:
		return Naming{Tied, WhySurname}
	case i >= 0:
		return Naming{MayTie, WhyGivenName}
	case len(p[0]) > 1 && len(p[0]) == len(q) && initials(q) == p[0]:
		return Naming{MayTie, WhyAcronym}
	}
	return Naming{NotTied, WhyOtherName}
}

func initials(p []string) string {
	var b strings.Builder
	for _, w := range p {
		_, n := utf8.DecodeRuneInString(w)
		b.WriteString(w[:n])
	}
	return b.String()
}

// sameSurname compares the given names of two of the same surname.
func sameSurname(p, q []string, t *lexicon) Naming {
	p, q = p[:len(p)-1], q[:len(q)-1]
	switch {
	case t.given(p[0], q[0]) == 2 && middles(p[1:], q[1:], t):
		return Naming{Tied, WhyFullName}
	case t.given(p[0], q[0]) == 2:
		return Naming{MayTie, WhyGivenName}
	case t.given(p[0], q[0]) == 1:
		return Naming{MayTie, WhyGivenName} // an initial
	case slices.Contains(q, p[0]) || slices.Contains(p, q[0]):
		return Naming{MayTie, WhyGivenName} // known by the middle name
	}
	return Naming{NotTied, WhyGivenName}
}

// given compares two given names: 2 the same or a short form, 1 an initial of
// it, 0 another.
func (t *lexicon) given(a, b string) int {
	long := func(s string) string {
		if l := t.nicknames[s]; l != "" {
			return l
		}
		return s
	}
	switch {
	case a == b || long(a) == long(b):
		return 2
	case len(a) == 1 && strings.HasPrefix(b, a) || len(b) == 1 && strings.HasPrefix(a, b):
		return 1
	}
	return 0
}

// middles reports whether middle names do not conflict.
func middles(p, q []string, t *lexicon) bool {
	if len(p) == 0 || len(q) == 0 {
		return true
	}
	return t.given(p[0], q[0]) > 0
}

func sameSet(p, q []string) bool {
	if len(p) != len(q) {
		return false
	}
	for _, w := range p {
		if !slices.Contains(q, w) {
			return false
		}
	}
	return true
}

// nearly says why two names could be meant to be one: letters that look
// alike, or one letter. "" is for names that are too far apart.
func (t *lexicon) nearly(a, b string, p, q []string) string {
	if t.skeleton(a) == t.skeleton(b) {
		return WhyLookalike
	}
	if len(p) == len(q) {
		wrong, other := 0, 0
		for i := range p {
			switch {
			case p[i] == q[i]:
			case misspelt(p[i], q[i]):
				wrong++
			default:
				other++
			}
		}
		if wrong == 1 && other == 0 && (len(p) > 1 || len(p[0]) > 5) {
			return WhyMisspelling
		}
	}
	return ""
}

// skeleton replaces letters by those that they look like.
func (t *lexicon) skeleton(name string) string {
	return strings.Map(func(c rune) rune {
		if l, ok := t.latin[c]; ok {
			return l
		}
		return c
	}, foldAny(name))
}

// misspelt reports whether two words of five letters and more are one letter,
// or two neighbours changed, apart.
func misspelt(a, b string) bool {
	p, q := []rune(a), []rune(b)
	if len(p) > len(q) {
		p, q = q, p
	}
	if len(p) < 5 || len(q)-len(p) > 1 || len(q) > 40 {
		return false
	}
	i := 0
	for i < len(p) && p[i] == q[i] {
		i++
	}
	if len(p) < len(q) {
		return slices.Equal(p[i:], q[i+1:])
	}
	return i == len(p) || slices.Equal(p[i+1:], q[i+1:]) ||
		i+1 < len(p) && p[i] == q[i+1] && p[i+1] == q[i] && slices.Equal(p[i+2:], q[i+2:])
}

// agreement says whether two roles can be those of one person.
type agreement int

const (
	unclear agreement = iota
	agree
	conflict
)

// roles compares two roles: the offices, and the countries and bodies beside
// them.
func (t *lexicon) roles(a, b string) agreement {
	if a == "" || b == "" {
		return unclear
	}
	p, q := t.roleWords(a), t.roleWords(b)
	nations, shared, told := 0, 0, 0
	for w, kind := range p {
		if kind == nation {
			nations |= 1
		}
		if q[w] == "" {
			continue
		}
		shared++
		if kind != nation {
			told++
		}
	}
	for w, kind := range q {
		if kind == nation && p[w] == "" {
			nations |= 2
		}
	}
	for w, kind := range p {
		if kind == nation && q[w] != "" {
			nations = 0
		}
	}
	switch {
	case nations == 3:
		return conflict // the French president, the Polish president
	case told > 0:
		return agree
	case shared > 0:
		return unclear
	}
	return conflict
}

const (
	nation = "nation"
	office = "office"
	plain  = "plain"
)

// roleWords returns the words of a role that tell, each with its kind; an
// office under several names has one.
func (t *lexicon) roleWords(role string) map[string]string {
	low := fold(role)
	out := map[string]string{}
	rest := strings.FieldsFunc(low, func(c rune) bool { return !isLetter(c) && c != '\'' && c != '.' })
	for i := 0; i < len(rest); {
		n := 1
		word, kind := strings.TrimSuffix(strings.TrimSuffix(rest[i], "'s"), "."), plain
		for k := min(5, len(rest)-i); k > 0; k-- {
			if o := t.offices[strings.Join(rest[i:i+k], " ")]; o != "" {
				word, kind, n = o, office, k
				break
			}
			if c := t.nations[strings.Join(rest[i:i+k], "_")]; c != "" {
				word, kind, n = c, nation, k
				break
			}
		}
		if kind != plain || !roleIdle[word] {
			out[word] = kind
		}
		i += n
	}
	return out
}

// roleIdle are words of roles that tell nothing of who it is.
var roleIdle = map[string]bool{
	"the": true, "of": true, "a": true, "an": true, "for": true, "in": true, "at": true, "to": true, "and": true, "outgoing": true, "former": true,
	"then": true, "current": true, "new": true, "acting": true, "veteran": true, "his": true, "her": true, "their": true, "its": true, "senior": true,
}

// surnameKey returns a key of the surname of a person, or of the name of an
// organisation; 0 where there is none.
func surnameKey(k *Known) uint64 {
	p := tables().parts(k.Name)
	if len(p) == 0 {
		return 0
	}
	return hashOf("name", p[len(p)-1])
}
