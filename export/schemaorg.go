package export

import (
	"fmt"
	"io"

	"hearsay"
)

// The JSON-LD of schema.org: https://schema.org/ClaimReview and
// https://schema.org/Quotation. A property with nothing to say is left out.
type (
	claimReviewLD struct {
		Context   string    `json:"@context"`
		Type      string    `json:"@type"`
		ID        string    `json:"@id"`
		URL       string    `json:"url,omitempty"`
		Published string    `json:"datePublished,omitempty"`
		Lang      string    `json:"inLanguage,omitempty"`
		Claim     string    `json:"claimReviewed"`
		Item      claimLD   `json:"itemReviewed"`
		Author    *partyLD  `json:"author,omitempty"`
		Publisher *partyLD  `json:"publisher,omitempty"`
		Body      string    `json:"reviewBody"`
		Keywords  string    `json:"keywords"`
		IsPartOf  articleLD `json:"isPartOf"`
	}
	claimLD struct {
		Type       string     `json:"@type"`
		ID         string     `json:"@id"`
		Author     *partyLD   `json:"author,omitempty"`
		Published  string     `json:"datePublished,omitempty"`
		Appearance *articleLD `json:"appearance,omitempty"`
	}
	quotationLD struct {
		Context  string    `json:"@context"`
		Type     string    `json:"@type"`
		ID       string    `json:"@id"`
		Text     string    `json:"text"`
		Spoken   *partyLD  `json:"spokenByCharacter,omitempty"`
		Created  string    `json:"dateCreated,omitempty"`
		Lang     string    `json:"inLanguage,omitempty"`
		IsPartOf articleLD `json:"isPartOf"`
	}
	partyLD struct {
		Type        string `json:"@type"`
		Name        string `json:"name,omitempty"`
		JobTitle    string `json:"jobTitle,omitempty"`
		Description string `json:"description,omitempty"`
	}
	articleLD struct {
		Type      string    `json:"@type"`
		ID        string    `json:"@id"`
		URL       string    `json:"url,omitempty"`
		Headline  string    `json:"headline,omitempty"`
		Published string    `json:"datePublished,omitempty"`
		Publisher *partyLD  `json:"publisher,omitempty"`
		Author    []partyLD `json:"author,omitempty"`
	}
)

const schemaOrg = "https://schema.org"

// reviewed are the findings that say something of the truth of a claim. That
// somebody would not comment does not.
var reviewed = map[hearsay.Finding]bool{
	hearsay.CouldNotVerify: true, hearsay.NotVerified: true, hearsay.Verified: true, hearsay.Disputed: true, hearsay.Denied: true,
}

// noClaim are the forces of statements whose content the speaker does not hold
// to be true: who denies that the dam leaks does not claim that it leaks.
var noClaim = map[hearsay.Force]bool{hearsay.Deny: true, hearsay.Decline: true, hearsay.Ask: true, hearsay.Order: true, hearsay.Thank: true}

// ClaimReview writes a line of JSON-LD for each remark of a report on the truth of
// a statement. It has no rating: the report gives none. The finding is the
// keyword, the words of the remark are the body. Left out are statements that
// were not made, as the report says, and those that claim nothing: denials,
// refusals, questions, orders, thanks.
func ClaimReview(w io.Writer, records Records) error {
	return recordLines(w, records, func(r *hearsay.Record, c *converter, s statementJSON, write func(any)) {
		if s.Negated || noClaim[s.Force] {
			return
		}
		in := article(&r.Report)
		for i, k := range s.Checks {
			if !reviewed[k.Finding] {
				continue
			}
			review := claimReviewLD{
				Context: schemaOrg, Type: "ClaimReview", ID: fmt.Sprintf("urn:hearsay:check:%s:%d", s.ID, i),
				URL: r.Report.URL, Published: in.Published, Lang: r.Report.Lang, Claim: contentOf(s),
				Item:      claimLD{Type: "Claim", ID: urnOf(s.ID), Author: party(s.Speaker), Published: dayOf(s.When), Appearance: &in},
				Publisher: in.Publisher, Body: k.Text, Keywords: string(k.Finding), IsPartOf: in,
			}
			if by := r.Checks[i].By; by != nil {
				review.Author = party(c.mention(by, 0))
			}
			write(review)
		}
	})
}

// Quotation writes a line of JSON-LD for each statement that was said or written
// and stands in quotation marks as a whole: of what is only reported nobody
// knows the words.
func Quotation(w io.Writer, records Records) error {
	return recordLines(w, records, func(r *hearsay.Record, _ *converter, s statementJSON, write func(any)) {
		if s.Quoting != hearsay.Direct || s.Negated || s.Mode != hearsay.Speech && s.Mode != hearsay.Writing {
			return
		}
		write(quotationLD{
			Context: schemaOrg, Type: "Quotation", ID: urnOf(s.ID), Text: contentOf(s), Spoken: party(s.Speaker),
			Created: dayOf(s.When), Lang: r.Report.Lang, IsPartOf: article(&r.Report),
		})
	})
}

func urnOf(statement string) string { return "urn:hearsay:statement:" + statement }

// party is who said or checked something. It is called a person or an
// organisation where the report tells; a pronoun or a noun may stand for either.
func party(m *mentionJSON) *partyLD {
	if m == nil {
		return nil
	}
	p := &partyLD{Type: "Thing", Name: m.Name}
	switch {
	case m.Kind == hearsay.ByOrganisation:
		p.Type = "Organization"
	case m.Kind == hearsay.ByName && m.Name != "":
		p.Type, p.JobTitle = "Person", m.Role
	}
	if m.Name == "" {
		p.Description = m.Text
	}
	return p
}

func article(h *hearsay.Head) articleLD {
	a := articleLD{Type: "NewsArticle", ID: "urn:hearsay:report:" + h.ID, URL: h.URL, Headline: h.Title}
	var moment string
	if a.Published, moment = dates(h.Published); moment != "" {
		a.Published = moment
	}
	if h.Outlet != "" {
		a.Publisher = &partyLD{Type: "Organization", Name: h.Outlet}
	}
	for _, name := range h.Bylines {
		a.Author = append(a.Author, partyLD{Type: "Person", Name: name})
	}
	return a
}

// dayOf is the day or minute that is meant, where it is one.
func dayOf(m *momentJSON) string {
	if m == nil || m.From != m.To {
		return ""
	}
	return m.From
}
