package read

import "hearsay"

func (p *htmlPage) describe(doc *hearsay.Document, blocks []htmlBlock, opt Options) {}
