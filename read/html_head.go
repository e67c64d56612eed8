package read

import "hearsay"

func (p *page) describe(doc *hearsay.Document, blocks []pageBlock, opt Options) {}
