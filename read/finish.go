package read

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"

	"hearsay"
)

// finish fills in what follows from the text, the original bytes and the
// caller's word. Text, Original and what the report says of itself stand
// before.
func finish(doc *hearsay.Document, in Input, opt Options) {
	doc.File = in.Name
	doc.URL = cmp.Or(opt.URL, doc.URL)
	doc.Outlet = cmp.Or(opt.Outlet, doc.Outlet, hostOf(doc.URL))
	if !opt.Published.IsZero() {
		doc.Published = opt.Published
	}
	if doc.Lang == "" {
		doc.Lang = language(doc.Text)
	}
	sum := sha256.Sum256(doc.Original)
	doc.SHA256 = hex.EncodeToString(sum[:])
	doc.ID = hearsay.DocumentID(doc.Outlet, doc.URL, doc.Text)
}

// hostOf returns the host of an address without "www.".
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}
