package read

import (
	"context"
	"fmt"

	trafilatura "github.com/markusmobius/go-trafilatura"
	xhtml "golang.org/x/net/html"
)

// mainContent returns which runs of the page are the report's. The extractor
// is the one of those for Go that finds most and takes least besides, as
// TestMainContentMeasured shows; it cannot be stopped, so that it gets no tree
// that it would need long for.
func mainContent(ctx context.Context, root *xhtml.Node, p *htmlPage) (chosen []bool, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if nodes, nesting := measure(root); nodes > maxNodes || nesting > maxNesting {
		return nil, fmt.Errorf("the tree of the page has %d nodes, too many for the extractor", nodes)
	}
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the extractor of main content failed: %v", r)
		}
	}()
	found, err := trafilatura.ExtractDocument(root, trafilatura.Options{
		EnableFallback:  true,
		ExcludeComments: true,
		HtmlDateMode:    trafilatura.Disabled,
	})
	if err != nil {
		return nil, fmt.Errorf("no main content found: %w", err)
	}
	chosen = make([]bool, len(p.runs))
	chooseMarked(found.ContentNode, chosen)
	return chosen, nil
}

// chooseMarked chooses the runs whose marks stand in the tree.
func chooseMarked(n *xhtml.Node, chosen []bool) {
	if n == nil {
		return
	}
	if n.Type == xhtml.TextNode {
		eachMark(n.Data, func(run int) {
			if run >= 0 && run < len(chosen) {
				chosen[run] = true
			}
		})
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		chooseMarked(c, chosen)
	}
}

// measure counts the nodes of a tree and sums their depths.
func measure(root *xhtml.Node) (nodes, nesting int) {
	depth := 0
	for n := root; n != nil; {
		nodes, nesting = nodes+1, nesting+depth
		switch {
		case n.FirstChild != nil:
			n, depth = n.FirstChild, depth+1
			continue
		}
		for n != nil && n != root && n.NextSibling == nil {
			n, depth = n.Parent, depth-1
		}
		if n == nil || n == root {
			break
		}
		n = n.NextSibling
	}
	return nodes, nesting
}
