package read

import "hearsay"

// chooseAll keeps what a part of a page, such as the content of a feed's
// entry, is there for: all but what is named as something else.
func (k *picker) chooseAll() {
	for i := range k.blocks {
		b := &k.blocks[i]
		k.keep[i] = b.traits&(inAside|inMeta|inRelated|inHidden) == 0 && b.linked*10 < b.text*9
	}
}

// chooseSimply keeps the prose of the element that holds most of it. It stands
// in where no extractor can be asked, and keeps too much rather than too little.
func (k *picker) chooseSimply() {
	score := make(map[int]int)
	for i := range k.blocks {
		b := &k.blocks[i]
		if !b.prose() || b.kind == hearsay.Heading || b.text < 50 {
			continue
		}
		points := b.text - 2*b.linked
		for level, share := b.level, 0; share < 4; share++ {
			score[level] += points * (4 - share) / 4
			if level == 0 {
				break
			}
			level = k.parents[level]
		}
	}
	best := -1
	for level, s := range score {
		if best < 0 || s > score[best] || s == score[best] && level < best {
			best = level
		}
	}
	for i := range k.blocks {
		b := &k.blocks[i]
		if b.prose() && best >= 0 && k.within(b.level, best) {
			k.keep[i] = true
		}
	}
}

// within reports whether a sectioning element is, or is held by, another.
func (k *picker) within(level, holder int) bool {
	for steps := 0; level > holder && steps < 64; steps++ {
		level = k.parents[level]
	}
	return level == holder
}
